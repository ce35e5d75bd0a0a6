package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogGroupRecord;
import io.portico.gateway.logs.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that clients bring. AWS: its limits; source: documented, PutLogEvents; its words: reported
 * by users of AWS's clients.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
final class LogEvents {
  /** AWS: one is answered, and none is looked at any more; source: documented. */
  static final String SEQUENCE_TOKEN = "49039859598218160303127636500000000000000000000000000000";

  private static final int MOST_BYTES = 1_048_576;
  private static final int EVENT_BYTES = 26;
  private static final long LONGEST_SPAN = Duration.ofHours(24).toMillis();
  private static final long FUTURE = Duration.ofHours(2).toMillis();
  private static final long PAST = Duration.ofDays(14).toMillis();

  private final LogsEnvironment environment;

  LogEvents(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("PutLogEvents", this::putLogEvents);
  }

  ObjectNode putLogEvents(OperationCall call) {
    LogGroupId id = GroupReference.named(call);
    String stream = call.input().string("logStreamName");
    List<NewEvent> events = events(call);
    LogGroupRecord group =
        environment.records().read(records -> GroupReference.record(records, id));
    if (!environment.store().hasStream(id, stream)) {
      throw LogsErrors.streamNotFound();
    }
    Judged judged = judged(group, events);
    List<NewEvent> accepted = events.subList(judged.begin(), judged.end());
    checkSpan(accepted);
    environment.store().put(id, stream, accepted);
    ObjectNode reply = Json.object().put("nextSequenceToken", SEQUENCE_TOKEN);
    if (accepted.size() < events.size()) {
      reply.set("rejectedLogEventsInfo", judged.rejected());
    }
    return reply;
  }

  private static List<NewEvent> events(OperationCall call) {
    List<NewEvent> events = new ArrayList<>();
    long bytes = 0;
    for (JsonNode event : call.input().json().path("logEvents")) {
      NewEvent read =
          new NewEvent(event.path("timestamp").longValue(), event.path("message").asString());
      bytes += read.message().getBytes(StandardCharsets.UTF_8).length + EVENT_BYTES;
      if (!events.isEmpty() && read.timestamp() < events.getLast().timestamp()) {
        throw LogsErrors.invalidParameter(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      events.add(read);
    }
    if (bytes > MOST_BYTES) {
      throw LogsErrors.invalidParameter(
          "Upload too large: %d bytes exceeds limit of %d".formatted(bytes, MOST_BYTES));
    }
    return events;
  }

  private static void checkSpan(List<NewEvent> accepted) {
    if (!accepted.isEmpty()
        && accepted.getLast().timestamp() - accepted.getFirst().timestamp() > LONGEST_SPAN) {
      throw LogsErrors.invalidParameter(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
  }

  /**
   * Which events are taken: those that stand between too old and too new ones.
   *
   * @param rejected what the answer says of the others
   */
  private record Judged(int begin, int end, ObjectNode rejected) {}

  private Judged judged(LogGroupRecord group, List<NewEvent> events) {
    long now = environment.clock().millis();
    Integer days = group.retentionInDays();
    int tooOld = before(events, now - PAST);
    int expired = days == null ? 0 : before(events, now - Duration.ofDays(days).toMillis());
    int tooNew = before(events, now + FUTURE + 1);
    ObjectNode rejected = Json.object();
    if (tooNew < events.size()) {
      rejected.put("tooNewLogEventStartIndex", tooNew);
    }
    if (tooOld > 0) {
      rejected.put("tooOldLogEventEndIndex", tooOld);
    }
    if (expired > 0) {
      rejected.put("expiredLogEventEndIndex", expired);
    }
    int begin = Math.max(tooOld, expired);
    return new Judged(begin, Math.max(begin, tooNew), rejected);
  }

  /** How many events happened before a time: they are in their order. */
  private static int before(List<NewEvent> events, long time) {
    int count = 0;
    while (count < events.size() && events.get(count).timestamp() < time) {
      count++;
    }
    return count;
  }
}
