package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.StreamSummary;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log streams. */
final class LogStreams {
  private static final int PAGE = 50;

  private static final Comparator<StreamSummary> BY_NAME =
      Comparator.comparing(StreamSummary::name);
  private static final Comparator<StreamSummary> BY_LAST_EVENT =
      Comparator.<StreamSummary>comparingLong(LogStreams::lastEvent).thenComparing(BY_NAME);

  private final LogsEnvironment environment;

  LogStreams(LogsEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateLogStream", this::createLogStream)
        .add("DeleteLogStream", this::deleteLogStream)
        .add("DescribeLogStreams", this::describeLogStreams);
  }

  ObjectNode createLogStream(OperationCall call) {
    LogGroupId group = existing(GroupReference.named(call));
    if (!environment.store().createStream(group, call.input().string("logStreamName"))) {
      throw LogsErrors.streamExists();
    }
    return Json.object();
  }

  ObjectNode deleteLogStream(OperationCall call) {
    LogGroupId group = existing(GroupReference.named(call));
    if (!environment.store().deleteStream(group, call.input().string("logStreamName"))) {
      throw LogsErrors.streamNotFound();
    }
    return Json.object();
  }

  private LogGroupId existing(LogGroupId id) {
    environment.records().read(records -> GroupReference.record(records, id));
    return id;
  }

  ObjectNode describeLogStreams(OperationCall call) {
    Input input = call.input();
    LogGroupId group = existing(GroupReference.identified(call));
    String prefix = input.stringOrNull("logStreamNamePrefix");
    boolean byTime = "LastEventTime".equals(input.stringOrNull("orderBy"));
    if (byTime && prefix != null) {
      // AWS: source: reported by users of AWS's clients.
      throw LogsErrors.invalidParameter(
          "Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    Comparator<StreamSummary> order = byTime ? BY_LAST_EVENT : BY_NAME;
    if (input.bool("descending")) {
      order = order.reversed();
    }
    StreamSummary after = after(input.stringOrNull("nextToken"));
    Integer limit = input.integerOrNull("limit");
    int most = limit == null ? PAGE : limit;
    Comparator<StreamSummary> ordered = order;
    Predicate<String> names = name -> prefix == null || name.startsWith(prefix);
    List<StreamSummary> found =
        environment.store().streams(group, names).stream()
            .sorted(ordered)
            .filter(stream -> after == null || ordered.compare(stream, after) > 0)
            .limit(most + 1L)
            .toList();
    ObjectNode reply = Json.object();
    ArrayNode streams = reply.putArray("logStreams");
    found.stream().limit(most).map(stream -> reply(group, stream)).forEach(streams::add);
    if (found.size() > most) {
      StreamSummary last = found.get(most - 1);
      reply.put("nextToken", Tokens.encoded(lastEvent(last) + " " + last.name()));
    }
    return reply;
  }

  /** The stream that was the last of the page before, as far as the order asks. */
  private static @Nullable StreamSummary after(@Nullable String token) {
    if (token == null) {
      return null;
    }
    String[] parts = Tokens.decoded(token).split(" ", 2);
    try {
      return new StreamSummary(parts[parts.length - 1], 0, 0L, Long.valueOf(parts[0]), 0L);
    } catch (NumberFormatException e) {
      throw Tokens.invalid();
    }
  }

  private static long lastEvent(StreamSummary stream) {
    Long last = stream.last();
    return last == null ? 0 : last;
  }

  private static ObjectNode reply(LogGroupId group, StreamSummary stream) {
    ObjectNode reply =
        Json.object()
            .put("logStreamName", stream.name())
            .put("creationTime", stream.created())
            .put("arn", group.arn(stream.name()))
            // AWS: always zero; source: documented.
            .put("storedBytes", 0)
            .put("uploadSequenceToken", LogEvents.SEQUENCE_TOKEN);
    Long first = stream.first();
    Long last = stream.last();
    Long ingested = stream.ingested();
    if (first != null && last != null && ingested != null) {
      reply
          .put("firstEventTimestamp", first)
          .put("lastEventTimestamp", last)
          .put("lastIngestionTime", ingested);
    }
    return reply;
  }
}
