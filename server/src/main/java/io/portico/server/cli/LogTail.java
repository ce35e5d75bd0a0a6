package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The events of a log group from some time on, each of them once. */
final class LogTail {
  private static final long PAUSE_MILLIS = 500;

  /** Events may come later than others that happened after them. */
  private static final long OVERLAP_MILLIS = 10_000;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What stands in a function's stream between its date and the environment's number. */
  private static final Pattern STREAM =
      Pattern.compile("\\d{4}/\\d\\d/\\d\\d/([^\\[]*)\\[[^]]*]([0-9a-f]{8})[0-9a-f]*");

  private final RunningPortico portico;
  private final Supplier<Source> sources;
  private final @Nullable String pattern;
  private final Map<String, Long> seen = new HashMap<>();
  private Source source;
  private long from;
  private long last;

  /**
   * Where events are.
   *
   * @param function whose streams are asked for, or null for all of the group's
   * @param missing what is said where there is no such group
   */
  record Source(String group, @Nullable String function, String missing) {
    boolean has(JsonNode event) {
      if (function == null) {
        return true;
      }
      Matcher stream = STREAM.matcher(event.path("logStreamName").asString(""));
      return stream.matches() && stream.group(1).equals(function);
    }
  }

  /**
   * @param sources asked again while the group is not there: a function may be made meanwhile
   */
  LogTail(
      RunningPortico portico, Supplier<Source> sources, Instant since, @Nullable String pattern) {
    this.portico = portico;
    this.sources = sources;
    this.source = sources.get();
    this.from = Math.max(0, since.toEpochMilli());
    this.last = from;
    this.pattern = pattern;
  }

  /**
   * Hands on what is there.
   *
   * @param reader told of each event; false once it takes no more
   * @throws RequestException if there is no such group
   */
  void all(Predicate<JsonNode> reader) {
    try {
      boolean _ = poll(reader);
    } catch (RequestException e) {
      throw isMissing(e) ? new RequestException(e.code(), source.missing(), e) : e;
    }
  }

  /**
   * Hands on what is there and what comes, until the reader takes no more. A Portico that has
   * answered once may be started anew meanwhile.
   *
   * @param waiting told for what, once for each time
   */
  void follow(Predicate<JsonNode> reader, Consumer<String> waiting) throws InterruptedException {
    boolean known = false;
    boolean told = false;
    boolean goesOn = true;
    while (goesOn) {
      String reason = null;
      try {
        if (told) {
          source = sources.get();
        }
        goesOn = poll(reader);
        known = true;
      } catch (RequestException e) {
        // The group comes to be when something is logged to it.
        known |= isMissing(e);
        if (!known || !(isMissing(e) || isUnreachable(e))) {
          throw e;
        }
        reason = isMissing(e) ? source.missing() : String.valueOf(e.getMessage());
      }
      if (reason != null && !told) {
        waiting.accept(reason);
      }
      told = reason != null;
      if (goesOn) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static boolean isUnreachable(RequestException e) {
    return e.code().isEmpty();
  }

  private static boolean isMissing(RequestException e) {
    return e.code().equals("ResourceNotFoundException");
  }

  private boolean poll(Predicate<JsonNode> reader) {
    String token = "";
    do {
      ObjectNode input = Json.object().put("logGroupName", source.group()).put("startTime", from);
      if (pattern != null) {
        input.put("filterPattern", pattern);
      }
      if (!token.isEmpty()) {
        input.put("nextToken", token);
      }
      JsonNode page = portico.logs("FilterLogEvents", input);
      for (JsonNode event : page.path("events")) {
        if (isNew(event) && source.has(event) && !reader.test(event)) {
          return false;
        }
      }
      token = page.path("nextToken").asString("");
    } while (!token.isEmpty());
    from = Math.max(from, last - OVERLAP_MILLIS);
    seen.values().removeIf(timestamp -> timestamp < from);
    return true;
  }

  private boolean isNew(JsonNode event) {
    long timestamp = event.path("timestamp").longValue();
    // Events may be up to two hours ahead: the next ones are looked for from now on all the same.
    last = Math.max(last, Math.min(timestamp, System.currentTimeMillis()));
    return seen.put(event.path("eventId").asString(""), timestamp) == null;
  }

  /** An event for people. */
  static String line(JsonNode event) {
    String stream = event.path("logStreamName").asString("");
    Matcher environment = STREAM.matcher(stream);
    return TIME.format(Instant.ofEpochMilli(event.path("timestamp").longValue()))
        + " "
        + (environment.matches() ? environment.group(2) : stream)
        + " "
        // A function's own line ends are carriage returns within an event.
        + event.path("message").asString("").stripTrailing().replace('\r', '\n');
  }
}
