package io.portico.server;

import io.portico.gateway.aws.AwsPartition;
import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination.LogGroup;
import io.portico.lambda.async.ServiceCall;
import io.portico.server.LineCalls.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of access logs as events of <b>CloudWatch Logs</b> elsewhere, at the endpoint that is
 * configured for it. Used by one thread, which waits for each call. What is missing, stream or
 * group, is made; what is refused for good is lost; what the service is too busy for, or did not
 * hear of, is left.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
final class LogEventLines implements AccessLogWriter.Lines {
  /** AWS: of a call; source: documented, PutLogEvents. */
  private static final int MOST_EVENTS = 10_000;

  private static final int MOST_BYTES = 1_048_576;

  /** What an event counts beside its text. */
  private static final int BESIDE = 26;

  private static final long LONGEST_SPAN = Duration.ofHours(24).toMillis();

  private static final String NOT_FOUND = "ResourceNotFoundException";
  private static final String EXISTS = "ResourceAlreadyExistsException";

  private final LineCalls calls;

  /**
   * The lines of canaries that one of their two groups has taken in the last delivery, and which:
   * those that the other one has not come again, and for it alone.
   */
  private IdentityHashMap<AccessLine, LogGroup> taken = new IdentityHashMap<>();

  /**
   * A line as an event.
   *
   * @param bytes that it counts
   */
  private record Line(int place, AccessLine line, int bytes) implements Undelivered.Placed {
    static Line of(AccessLine line, int place) {
      return new Line(place, line, line.text().getBytes(StandardCharsets.UTF_8).length + BESIDE);
    }

    long millis() {
      return line.millis();
    }
  }

  LogEventLines(LineCalls calls) {
    this.calls = calls;
  }

  // AWS: a canary's are in both groups; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html.
  @Override
  public void write(List<AccessLine> lines) throws IOException {
    IdentityHashMap<AccessLine, LogGroup> before = taken;
    taken = new IdentityHashMap<>();
    Map<LogGroup, List<Line>> events = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      AccessLine line = lines.get(i);
      if (line.destination() instanceof LogGroup group) {
        Line event = Line.of(line, i);
        LogGroup known = before.get(line);
        if (known != null) {
          taken.put(line, known);
        }
        for (LogGroup its : line.canary() ? List.of(group, group.ofCanary()) : List.of(group)) {
          if (!its.equals(known)) {
            events.computeIfAbsent(its, any -> new ArrayList<>()).add(event);
          }
        }
      }
    }
    Undelivered undelivered = new Undelivered();
    events.forEach((group, its) -> put(new Group(group, undelivered), its));
    undelivered.check();
  }

  private void put(Group group, List<Line> lines) {
    List<Line> tooLong = lines.stream().filter(line -> line.bytes > MOST_BYTES).toList();
    if (!tooLong.isEmpty()) {
      group.undelivered.refused(tooLong, group.named(), "it is longer than an event may be");
    }
    // AWS: a call's events are in the order of their times; source: documented, PutLogEvents.
    List<Line> possible =
        lines.stream()
            .filter(line -> line.bytes <= MOST_BYTES)
            .sorted(Comparator.comparingLong(Line::millis))
            .toList();
    new LineDelivery<>(calls, group, group.undelivered).bring(possible);
  }

  /** A group that is to have events. */
  private final class Group implements LineDelivery.Place<Line> {
    private final LogGroup group;
    private final Undelivered undelivered;

    Group(LogGroup group, Undelivered undelivered) {
      this.group = group;
      this.undelivered = undelivered;
    }

    @Override
    public String named() {
      return "the log group " + group.name();
    }

    @Override
    public int endOfBatch(List<Line> lines, int from) {
      long first = lines.get(from).millis();
      int bytes = lines.get(from).bytes;
      int to = from + 1;
      while (to < lines.size()
          && to - from < MOST_EVENTS
          && bytes + lines.get(to).bytes <= MOST_BYTES
          && lines.get(to).millis() - first <= LONGEST_SPAN) {
        bytes += lines.get(to++).bytes;
      }
      return to;
    }

    @Override
    public Outcome put(List<Line> lines) {
      return putOnce(group, lines);
    }

    /** None: those that are too old or too new would be later, too. */
    @Override
    public @Nullable List<Line> again(byte[] answer, List<Line> lines) {
      List<Line> rejected = rejected(answer, lines);
      if (rejected == null) {
        return null;
      }
      taken(group, lines, rejected);
      if (!rejected.isEmpty()) {
        undelivered.refused(rejected, named(), "they are too old or too new");
      }
      return List.of();
    }
  }

  private void taken(LogGroup group, List<Line> batch, List<Line> rejected) {
    for (Line each : batch) {
      if (each.line.canary()) {
        taken.put(each.line, group);
      }
    }
    rejected.forEach(each -> taken.remove(each.line));
  }

  private Outcome putOnce(LogGroup group, List<Line> batch) {
    ServiceCall call = putting(group, batch);
    Outcome put = calls.make(call);
    if (!isRefused(put, NOT_FOUND)) {
      return put;
    }
    Outcome made = streamMade(group);
    return made instanceof Outcome.Taken ? missingNoMore(calls.make(call)) : made;
  }

  /** The stream, and its group where that is missing, too; taken if it is there then. */
  private Outcome streamMade(LogGroup group) {
    ServiceCall call =
        call(
            group,
            "CreateLogStream",
            Json.object().put("logGroupName", group.name()).put("logStreamName", stream(group)));
    Outcome made = there(calls.make(call));
    if (!isRefused(made, NOT_FOUND)) {
      return made;
    }
    Outcome groupMade =
        there(
            calls.make(
                call(group, "CreateLogGroup", Json.object().put("logGroupName", group.name()))));
    return groupMade instanceof Outcome.Taken ? missingNoMore(there(calls.make(call))) : groupMade;
  }

  /** What has just been made may take a moment to be there. */
  private static Outcome missingNoMore(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused && isRefused(outcome, NOT_FOUND)
        ? new Outcome.Busy(refused.why())
        : outcome;
  }

  /** Somebody else may have made it meanwhile. */
  private static Outcome there(Outcome made) {
    return isRefused(made, EXISTS) ? new Outcome.Taken(new byte[0]) : made;
  }

  private static boolean isRefused(Outcome outcome, String error) {
    return outcome instanceof Outcome.Refused refused && refused.error().equals(error);
  }

  private static ServiceCall putting(LogGroup group, List<Line> lines) {
    ObjectNode input =
        Json.object().put("logGroupName", group.name()).put("logStreamName", stream(group));
    ArrayNode events = input.putArray("logEvents");
    for (Line each : lines) {
      events.addObject().put("timestamp", each.millis()).put("message", each.line.text());
    }
    return call(group, "PutLogEvents", input);
  }

  private static ServiceCall call(LogGroup group, String operation, ObjectNode input) {
    return new ServiceCall(
        AwsPartition.of(group.region()),
        group.region(),
        "logs",
        "POST",
        "/",
        Headers.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "Logs_20140328." + operation),
        Json.text(input).getBytes(StandardCharsets.UTF_8));
  }

  private static String stream(LogGroup group) {
    return StoredLogs.streamName(group.name());
  }

  /**
   * The events that the service has not kept, by their places in the call; null for an answer that
   * is none. An empty one says nothing of any, as all that PutLogEvents answers may be missing.
   */
  private static @Nullable List<Line> rejected(byte[] answer, List<Line> lines) {
    if (answer.length == 0) {
      return List.of();
    }
    try {
      JsonNode info = Json.parse(answer).path("rejectedLogEventsInfo");
      int first =
          Math.max(
              info.path("tooOldLogEventEndIndex").asInt(0),
              info.path("expiredLogEventEndIndex").asInt(0));
      int end = info.path("tooNewLogEventStartIndex").asInt(lines.size());
      List<Line> rejected = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (i < first || i >= end) {
          rejected.add(lines.get(i));
        }
      }
      return rejected;
    } catch (JacksonException e) {
      // Whoever asks says what that means for the events.
      return null;
    }
  }
}
