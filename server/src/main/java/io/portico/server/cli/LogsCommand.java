package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code portico logs}: what a function of a running Portico logs. */
final class LogsCommand implements Verb {
  private static final Option FOLLOW =
      Option.flag("--follow", "Goes on with what is logged from now on.");
  private static final Option SINCE =
      Option.of("--since", "AGE", "How far back: 30s, 10m, 2h, 1d, or a time. Default: 10m.");
  private static final Option FILTER =
      Option.of("--filter", "PATTERN", "Only events that match a filter pattern.");
  private static final Option JSON = Option.flag("--json", "A JSON object a line.");
  private static final Option ENDPOINT =
      Option.of(
          "--endpoint",
          "URL",
          "Where Portico is. Default: AWS_ENDPOINT_URL, else http://127.0.0.1:4566.");
  private static final Option REGION =
      Option.of("--region", "REGION", "Default: AWS_REGION, else the one of Portico.");

  private static final Pattern AGE = Pattern.compile("(\\d{1,9})([smhd])");

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public List<String> description() {
    return List.of(
        "Prints what a function of a running Portico has logged: time, execution environment and"
            + " message of each event.",
        "It is asked by CloudWatch Logs' API, as aws logs tail does.");
  }

  @Override
  public List<Option> options() {
    return List.of(FOLLOW, SINCE, FILTER, JSON, ENDPOINT, REGION);
  }

  @Override
  public Operand operand() {
    return new Operand(
        "FUNCTION", true, false, "A function's name, or a log group's that has a slash.");
  }

  @Override
  public int run(Arguments arguments, PrintWriter out) throws InterruptedException {
    String asked = arguments.operands().getFirst();
    Instant since = since(arguments.value(SINCE), Instant.now());
    RunningPortico portico =
        RunningPortico.of(arguments.value(ENDPOINT), arguments.value(REGION), System.getenv());
    LogTail tail =
        new LogTail(portico, () -> source(portico, asked), since, arguments.value(FILTER));
    boolean json = arguments.has(JSON);
    if (arguments.has(FOLLOW)) {
      tail.follow(
          event -> print(out, json, event),
          reason -> System.err.println("portico: " + reason + "; waiting for it"));
    } else {
      tail.all(event -> print(out, json, event));
    }
    return ExitStatus.OK.code();
  }

  private LogTail.Source source(RunningPortico portico, String asked) {
    if (asked.contains("/")) {
      return new LogTail.Source(asked, null, missing(asked));
    }
    JsonNode function;
    try {
      function = portico.function(asked);
    } catch (RequestException e) {
      if (asked.contains(":") || !e.code().equals("ResourceNotFoundException")) {
        throw e;
      }
      // What it has logged outlives a function, and one that is to be made logs there.
      return new LogTail.Source("/aws/lambda/" + asked, null, String.valueOf(e.getMessage()));
    }
    String name = function.path("FunctionName").asString(asked);
    String group = function.path("LoggingConfig").path("LogGroup").asString("/aws/lambda/" + name);
    // A group of its own has no streams of other functions.
    return new LogTail.Source(
        group, group.equals("/aws/lambda/" + name) ? null : name, missing(group));
  }

  private static String missing(String group) {
    return "the log group " + group + " is not there: nothing has run yet";
  }

  private Instant since(@Nullable String text, Instant now) {
    Matcher age = AGE.matcher(text == null ? "10m" : text);
    if (age.matches()) {
      long number = Long.parseLong(age.group(1));
      return now.minus(
          switch (age.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      return Instant.parse(String.valueOf(text));
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--since " + text + ": neither an age such as 10m nor a time such as " + now, name());
    }
  }

  /**
   * Prints an event.
   *
   * @return whether somebody still reads
   */
  private static boolean print(PrintWriter out, boolean json, JsonNode event) {
    out.println(json ? Json.text(event) : LogTail.line(event));
    return !out.checkError();
  }
}
