package io.portico.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** What Portico should reach, and whether it did: read from the tables of the other sections. */
final class Goals {
  /** The section that says so. */
  static final String SECTION = "targets";

  private static final String GATEWAY = "Portico .*";
  private static final String MEASURED = "measured";
  private static final String LAMBDA = "lambda";
  private static final String MICRO = "micro";

  private static final List<Goal> ALL =
      List.of(
          beside("nginx", "pass-through, per core beside nginx", "pass-through", "≥ 1.0"),
          beside("nginx", "an HTTP API, per core beside nginx", "http-api", "≥ 1.0"),
          beside("nginx", "features, beside nginx that does the same", "features", "≥ 1.0"),
          beside("plain nginx", "features, beside plain nginx", "features", "≥ 0.9"),
          new Goal(
              "key, plan, validator and kept authorizer, beside none of them",
              "protected",
              "Portico, protected .*",
              "per core beside Portico, open",
              "beside Portico, open",
              "≥ 0.9"),
          new Goal(
              "an access log to a file, beside none",
              "access-log",
              "Portico, access log .*",
              "per core beside Portico, no log",
              "beside Portico, no log",
              "≥ 0.9"),
          new Goal(
              "tracing of 5 % of the calls, beside none",
              "tracing",
              "Portico, tracing .*",
              "per core beside Portico, no tracing",
              "beside Portico, no tracing",
              "≥ 0.97"),
          beside("nginx", "HTTPS, beside nginx", "tls", "≥ 0.9"),
          beside("nginx", "HTTP/2 over TLS, beside nginx", "http2", "≥ 1.0"),
          beside("nginx", "downloads of 1 MB, beside nginx", "download-1mb", "≥ 0.9"),
          beside("nginx", "uploads of 1 MB, beside nginx", "upload-1mb", "≥ 0.9"),
          beside("nginx", "downloads of 100 MB, beside nginx", "download-100mb", "≥ 0.9"),
          beside("nginx", "uploads of 100 MB, beside nginx", "upload-100mb", "≥ 0.9"),
          figure(
              "MOCK with two templates, requests a CPU second",
              "mock",
              GATEWAY,
              "requests a CPU second",
              "≥ 40,000"),
          figure("latency added, median", "latency", GATEWAY, "p50 added", "≤ 0.15 ms"),
          figure("latency added, p99", "latency", GATEWAY, "p99 added", "≤ 1 ms"),
          beside(
              "Spring Cloud Gateway", "pass-through, beside Spring Cloud Gateway", "spring", "≥ 4"),
          figure(
              "start to the first proxied answer",
              "start",
              "start of `portico run`.*",
              MEASURED,
              "≤ 500 ms"),
          figure(
              "resident memory in `dev` after 100,000 requests",
              "memory",
              "resident after [0-9,]+ requests.*",
              MEASURED,
              "≤ 128 MB"),
          new Goal(
              "one API among 10,000, beside the same alone",
              "crowd",
              "Portico, 10,000 APIs .*",
              "per core beside Portico, one API",
              "beside Portico, one API",
              "≥ 0.9"),
          figure(
              "UpdateStage among 10,000 APIs", "many-apis", "UpdateStage .*", MEASURED, "≤ 50 ms"),
          figure("start with 10,000 APIs", "many-apis", "start with .*", MEASURED, "≤ 5 s"),
          figure("heap an API, of 10,000 APIs", "many-apis", "heap an API.*", MEASURED, "≤ 30 KB"),
          figure(
              "control-plane writes a second, durable",
              "configuration",
              "CreateResource .*",
              MEASURED,
              "≥ 200"),
          figure(
              "import of 5 MB of JSON",
              "configuration",
              "import of .* of JSON.*",
              MEASURED,
              "≤ 2 s"),
          figure(
              "import of 5 MB of YAML",
              "configuration",
              "import of .* of YAML.*",
              MEASURED,
              "≤ 2 s"),
          figure(
              "p99 of calls, added while a client writes",
              "configuration",
              "added to p99 .* writes",
              MEASURED,
              "≤ 5 ms"),
          figure(
              "p99 of calls, added while a client imports",
              "configuration",
              "added to p99 .* imports .*",
              MEASURED,
              "≤ 5 ms"),
          figure(
              "an idle WebSocket connection, resident",
              "websocket",
              "resident an idle connection.*",
              MEASURED,
              "≤ 12 KB"),
          figure(
              "messages of a WebSocket API a second, through a MOCK route",
              "websocket-api",
              "messages of .*",
              MEASURED,
              "≥ 20,000"),
          figure(
              "posts to `@connections` a second, to 1,000 connections",
              "websocket-api",
              "posts to .*",
              MEASURED,
              "≥ 10,000"),
          figure("the same, p99", "websocket-api", "p99 of their answers.*", MEASURED, "≤ 20 ms"),
          figure(
              "an idle connection of a WebSocket API, resident",
              "websocket-api",
              "resident an idle connection, .*",
              MEASURED,
              "≤ 12 KB"),
          figure("a token bucket, a call", MICRO, "token bucket: .*", MEASURED, "≤ 1,000 ns"),
          figure("a quota, a call", MICRO, "quota: .*", MEASURED, "≤ 1,000 ns"),
          figure(
              "a line of an access log, a call",
              MICRO,
              "access log: the same line, and left to its writer",
              MEASURED,
              "≤ 1,000 ns"),
          figure(
              "metrics for Prometheus, a call",
              MICRO,
              "metrics: a call, counted for Prometheus",
              MEASURED,
              "≤ 300 ns"),
          figure(
              "metrics for CloudWatch, a call",
              MICRO,
              "metrics: a call, counted for CloudWatch",
              MEASURED,
              "≤ 300 ns"),
          figure("VTL: a template of 1 KB", MICRO, "VTL: .*", MEASURED, "≤ 10,000 ns"),
          figure(
              "a warm call of a function, added at p50", LAMBDA, GATEWAY, "p50 added", "≤ 0.5 ms"),
          figure(
              "warm calls of a function a second, on two cores",
              LAMBDA,
              GATEWAY,
              "calls a second",
              "≥ 4,000"),
          figure(
              "warm calls of a function, beside serverless-offline",
              LAMBDA,
              GATEWAY,
              "beside serverless-offline",
              "≥ 5"),
          figure(
              "cold start of a function beyond Node.js's own",
              LAMBDA,
              "cold start beyond Node.js's own.*",
              MEASURED,
              "≤ 150 ms"));

  private Goals() {}

  /** The table of a page, by what its sections hold. */
  static String markdown(String page) {
    return ALL.stream()
        .map(goal -> goal.row(page))
        .collect(
            Collectors.joining(
                "",
                "| what | target | measured | in requests a second | met |\n|---|---|---|---|---|\n",
                ""));
  }

  /** What the CPU time buys that a peer needs for one request. */
  private static Goal beside(String peer, String what, String section, String target) {
    return new Goal(what, section, GATEWAY, "per core beside " + peer, "beside " + peer, target);
  }

  private static Goal figure(
      String what, String section, String row, String column, String target) {
    return new Goal(what, section, row, column, "", target);
  }
}
