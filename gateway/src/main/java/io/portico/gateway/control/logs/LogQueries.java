package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.EventPage;
import io.portico.gateway.logs.EventQuery;
import io.portico.gateway.logs.LogEvent;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogGroupRecord;
import io.portico.gateway.logs.LogPosition;
import io.portico.gateway.logs.pattern.FilterPattern;
import io.portico.gateway.logs.pattern.InvalidPatternException;
import io.portico.gateway.regex.TooManyStepsException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading events: those of a stream, and those of a group that match a pattern. */
final class LogQueries {
  /** AWS: source: documented, GetLogEvents' and FilterLogEvents' limit. */
  private static final int PAGE = 10_000;

  /** AWS: where the latest come first; source: documented, FilterLogEvents' startFromHead. */
  private static final long BACKWARD_SINCE = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

  private static final String FORWARD = "f/";
  private static final String BACKWARD = "b/";

  private final LogsEnvironment environment;

  LogQueries(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("GetLogEvents", this::getLogEvents)
        .add("FilterLogEvents", this::filterLogEvents);
  }

  /**
   * A token is a place between two events and a direction. AWS: where there is nothing more in the
   * direction of a token, the same token is answered; source: documented.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html">GetLogEvents</a>
   */
  ObjectNode getLogEvents(OperationCall call) {
    Input input = call.input();
    LogGroupId group = GroupReference.identified(call);
    String stream = input.string("logStreamName");
    LogGroupRecord record = record(group);
    if (!environment.store().hasStream(group, stream)) {
      throw LogsErrors.streamNotFound();
    }
    String token = input.stringOrNull("nextToken");
    boolean forward = token == null ? input.bool("startFromHead") : isForward(token);
    LogPosition from = token == null ? null : Tokens.place(token.substring(FORWARD.length()));
    long start = start(input, record);
    EventPage page =
        environment
            .store()
            .events(
                group,
                stream::equals,
                new EventQuery(
                    forward,
                    from,
                    start,
                    longOr(input, "endTime", Long.MAX_VALUE),
                    limit(input),
                    message -> true));
    ObjectNode reply = Json.object();
    ArrayNode events = reply.putArray("events");
    for (LogEvent event : page.events()) {
      events.add(
          Json.object()
              .put("timestamp", event.timestamp())
              .put("message", event.message())
              .put("ingestionTime", event.ingestionTime()));
    }
    LogPosition here = from == null ? new LogPosition(start, 0, stream, 0) : from;
    LogPosition first = page.events().isEmpty() ? here : page.events().getFirst().at();
    LogPosition last = page.events().isEmpty() ? here : page.events().getLast().at().behind();
    return reply
        .put("nextForwardToken", FORWARD + Tokens.place(last))
        .put("nextBackwardToken", BACKWARD + Tokens.place(first));
  }

  private static boolean isForward(String token) {
    if (!token.startsWith(FORWARD) && !token.startsWith(BACKWARD)) {
      throw Tokens.invalid();
    }
    return token.startsWith(FORWARD);
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html">FilterLogEvents</a>
   */
  ObjectNode filterLogEvents(OperationCall call) {
    Input input = call.input();
    LogGroupId group = GroupReference.identified(call);
    Predicate<String> streams = streams(input);
    FilterPattern pattern = pattern(input.stringOrNull("filterPattern"));
    LogGroupRecord record = record(group);
    checkStreams(group, input.stringsOrNull("logStreamNames"));
    String token = input.stringOrNull("nextToken");
    boolean forward =
        token == null
            ? !input.has("startFromHead") || input.bool("startFromHead")
            : isForward(token);
    if (token == null && !forward && longOr(input, "startTime", BACKWARD_SINCE) < BACKWARD_SINCE) {
      // AWS: source: documented, FilterLogEvents' startFromHead; its words are inferred.
      throw LogsErrors.invalidParameter(
          "startFromHead can be false only if startTime is on or after Jan 1, 2024 00:00:00 UTC.");
    }
    long end = longOr(input, "endTime", Long.MAX_VALUE);
    EventQuery query =
        new EventQuery(
            forward,
            token == null ? null : Tokens.place(token.substring(FORWARD.length())),
            start(input, record),
            // AWS: what happened at that time is among them, other than with GetLogEvents; source:
            // documented.
            end == Long.MAX_VALUE ? end : end + 1,
            limit(input),
            pattern::matches);
    return reply(events(group, streams, query), forward);
  }

  private EventPage events(LogGroupId group, Predicate<String> streams, EventQuery query) {
    try {
      return environment.store().events(group, streams, query);
    } catch (TooManyStepsException e) {
      // AWS: it has no such limit, nor expressions that need one; its words are Portico's.
      throw LogsErrors.invalidParameter("Invalid filter pattern: " + e.getMessage());
    }
  }

  private static ObjectNode reply(EventPage page, boolean forward) {
    ObjectNode reply = Json.object();
    ArrayNode events = reply.putArray("events");
    List<LogEvent> found = forward ? page.events() : page.events().reversed();
    for (LogEvent event : found) {
      events.add(
          Json.object()
              .put("logStreamName", event.stream())
              .put("timestamp", event.timestamp())
              .put("message", event.message())
              .put("ingestionTime", event.ingestionTime())
              .put("eventId", event.id()));
    }
    // AWS: always empty; source: documented.
    reply.putArray("searchedLogStreams");
    if (page.more() && !found.isEmpty()) {
      LogPosition last = found.getLast().at();
      reply.put(
          "nextToken",
          forward ? FORWARD + Tokens.place(last.behind()) : BACKWARD + Tokens.place(last));
    }
    return reply;
  }

  private static Predicate<String> streams(Input input) {
    List<String> names = input.stringsOrNull("logStreamNames");
    String prefix = input.stringOrNull("logStreamNamePrefix");
    if (names != null && prefix != null) {
      // AWS: refused; source: documented; its words are inferred.
      throw LogsErrors.invalidParameter(
          "logStreamNames and logStreamNamePrefix cannot both be specified.");
    }
    if (names != null) {
      Set<String> asked = new HashSet<>(names);
      return asked::contains;
    }
    return name -> prefix == null || name.startsWith(prefix);
  }

  /** AWS: a stream that is named and not there is an error; source: documented. */
  private void checkStreams(LogGroupId group, @Nullable List<String> names) {
    if (names != null) {
      for (String name : names) {
        if (!environment.store().hasStream(group, name)) {
          throw LogsErrors.streamNotFound();
        }
      }
    }
  }

  private static FilterPattern pattern(@Nullable String text) {
    try {
      return FilterPattern.parse(text == null ? "" : text);
    } catch (InvalidPatternException e) {
      throw LogsErrors.invalidParameter(String.valueOf(e.getMessage()));
    }
  }

  private LogGroupRecord record(LogGroupId id) {
    return environment.records().read(records -> GroupReference.record(records, id));
  }

  /** From when on there are events: those that the group keeps no longer are not shown. */
  private long start(Input input, LogGroupRecord group) {
    Integer days = group.retentionInDays();
    long kept = days == null ? 0 : environment.clock().millis() - Duration.ofDays(days).toMillis();
    return Math.max(kept, longOr(input, "startTime", 0));
  }

  private static int limit(Input input) {
    Integer limit = input.integerOrNull("limit");
    return limit == null ? PAGE : limit;
  }

  private static long longOr(Input input, String member, long otherwise) {
    JsonNode value = input.json().get(member);
    return value == null || value.isNull() ? otherwise : value.longValue();
  }
}
