package io.portico.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** What Portico should reach, and whether it did: read from the tables of the other sections. */
final class Goals {
  /** The section that says so. */
  static final String SECTION = "targets";

  private static final String GATEWAY = "Portico .*";
  private static final String BESIDE_NGINX = "per core beside nginx";
  private static final String MEASURED = "measured";

  private static final List<Goal> ALL =
      List.of(
          besideNginx("pass-through, per core beside nginx", "pass-through", "≥ 1.0"),
          besideNginx("features, beside nginx that does the same", "features", "≥ 1.0"),
          new Goal(
              "features, beside plain nginx",
              "features",
              GATEWAY,
              "per core beside plain nginx",
              "≥ 0.9"),
          besideNginx("HTTPS, beside nginx", "tls", "≥ 0.9"),
          besideNginx("HTTP/2 over TLS, beside nginx", "http2", "≥ 1.0"),
          besideNginx("downloads of 1 MB, beside nginx", "download-1mb", "≥ 0.9"),
          besideNginx("uploads of 1 MB, beside nginx", "upload-1mb", "≥ 0.9"),
          besideNginx("downloads of 100 MB, beside nginx", "download-100mb", "≥ 0.9"),
          besideNginx("uploads of 100 MB, beside nginx", "upload-100mb", "≥ 0.9"),
          new Goal(
              "MOCK with two templates, requests a CPU second",
              "mock",
              GATEWAY,
              "requests a CPU second",
              "≥ 40,000"),
          new Goal("latency added, median", "latency", GATEWAY, "p50 added", "≤ 0.15 ms"),
          new Goal("latency added, p99", "latency", GATEWAY, "p99 added", "≤ 1 ms"),
          new Goal(
              "pass-through, beside Spring Cloud Gateway",
              "spring",
              GATEWAY,
              "per core beside Spring Cloud Gateway",
              "≥ 4"),
          new Goal(
              "start to the first proxied answer",
              "start",
              "start of `portico run`.*",
              MEASURED,
              "≤ 500 ms"),
          new Goal(
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
              "≥ 0.9"),
          new Goal(
              "UpdateStage among 10,000 APIs", "many-apis", "UpdateStage .*", MEASURED, "≤ 50 ms"),
          new Goal("start with 10,000 APIs", "many-apis", "start with .*", MEASURED, "≤ 5 s"),
          new Goal(
              "heap an API, of 10,000 APIs", "many-apis", "heap an API.*", MEASURED, "≤ 30 KB"));

  private Goals() {}

  /** The table of a page, by what its sections hold. */
  static String markdown(String page) {
    return ALL.stream()
        .map(goal -> goal.row(page))
        .collect(
            Collectors.joining("", "| what | target | measured | met |\n|---|---|---|---|\n", ""));
  }

  private static Goal besideNginx(String what, String section, String target) {
    return new Goal(what, section, GATEWAY, BESIDE_NGINX, target);
  }
}
