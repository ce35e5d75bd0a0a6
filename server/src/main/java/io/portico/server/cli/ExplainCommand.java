package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code portico explain}: why a running Portico has answered a request as it has. */
final class ExplainCommand implements Verb {
  private static final Option LAST = Option.flag("--last", "The last request that is kept.");
  private static final Option LAST_REFUSAL =
      Option.flag("--last-refusal", "The last one that was refused or has failed.");
  private static final Option LIST =
      Option.flag("--list", "All that are kept, in a line each, the newest last.");
  private static final Option FOLLOW =
      Option.flag("--follow", "Goes on with requests from now on, in a line each.");
  private static final Option JSON =
      Option.flag("--json", "As JSON; of several, an object a line.");
  private static final Option ENDPOINT =
      Option.of(
          "--endpoint",
          "URL",
          "Where Portico is. Default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566.");

  /** A number that no request has. */
  private static final long BEYOND_ALL = 999_999_999_999_999_999L;

  private static final Duration PAUSE = Duration.ofMillis(500);

  @Override
  public String name() {
    return "explain";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Tells why a running Portico has answered a request as it has: what was called, what each"
            + " check found, templates, integration and answer, and for a refusal the reason.",
        "An answer's x-amzn-RequestId or apigw-requestid names its request. The last requests are"
            + " kept, their secrets hidden.");
  }

  @Override
  public List<Option> options() {
    return List.of(LAST, LAST_REFUSAL, LIST, FOLLOW, JSON, ENDPOINT);
  }

  @Override
  public Operand operand() {
    return new Operand("REQUEST-ID", false, false, "The id that an answer has in its headers.");
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws InterruptedException {
    long ways =
        List.of(LAST, LAST_REFUSAL, LIST, FOLLOW).stream().filter(arguments::has).count()
            + arguments.operands().size();
    if (ways != 1) {
      throw new UsageException(
          "Give a request id, or one of --last, --last-refusal, --list and --follow", name());
    }
    RunningPortico portico = RunningPortico.of(arguments.value(ENDPOINT), null, System.getenv());
    boolean json = arguments.has(JSON);
    if (arguments.has(LIST)) {
      long _ = list(portico, 0, json, out);
    } else if (arguments.has(FOLLOW)) {
      follow(portico, json, out);
    } else {
      JsonNode explanation = portico.explain("/" + which(arguments));
      out.print(json ? Json.pretty(explanation) + "\n" : ExplanationText.of(explanation));
    }
    return ExitStatus.OK.code();
  }

  private static String which(Arguments arguments) {
    return arguments.has(LAST)
        ? "last"
        : arguments.has(LAST_REFUSAL)
            ? "last-refusal"
            : URLEncoder.encode(arguments.operands().getFirst(), StandardCharsets.UTF_8);
  }

  /** Until nobody reads any more. */
  private static void follow(RunningPortico portico, boolean json, PrintWriter out)
      throws InterruptedException {
    long last = portico.explain("?after=" + BEYOND_ALL).path("last").asLong();
    while (!out.checkError()) {
      last = list(portico, last, json, out);
      Thread.sleep(PAUSE);
    }
  }

  /** Prints those that came after another; the number of the newest. */
  private static long list(RunningPortico portico, long after, boolean json, PrintWriter out) {
    JsonNode list = portico.explain("?after=" + after);
    for (JsonNode request : list.path("requests")) {
      out.println(json ? Json.text(request) : ExplanationText.line(request));
    }
    return newest(list, after);
  }

  private static long newest(JsonNode list, long before) {
    long newest = before;
    for (JsonNode request : list.path("requests")) {
      newest = Math.max(newest, request.path("number").asLong());
    }
    return newest;
  }
}
