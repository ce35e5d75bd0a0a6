package io.portico.server;

import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination.DeliveryStream;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of access logs as records of <b>Firehose</b>'s delivery streams, at the endpoint that
 * integrations have for it. Used by one thread, which waits for each call. What a stream refuses
 * for good is lost; what it is too busy for, or did not hear of, is left.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html">PutRecordBatch</a>
 */
final class FirehoseLines implements AccessLogWriter.Lines {
  /** AWS: of a call; source: documented, PutRecordBatch. */
  private static final int MOST_RECORDS = 500;

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int MOST_ATTEMPTS = 3;
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_REASON = 300;

  private static final int TOO_MANY = 429;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** In what a stream answers that refuses for now. */
  private static final Pattern FOR_NOW = Pattern.compile("Throttl|LimitExceeded|ExpiredToken");

  private final ServiceCalls services;
  private final Duration pause;

  /** A line as a record, and its place among all. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Line(int place, byte[] record) {}

  FirehoseLines(ServiceCalls services) {
    this(services, PAUSE);
  }

  /**
   * @param pause before the second attempt; before the third it is twice as long
   */
  FirehoseLines(ServiceCalls services, Duration pause) {
    this.services = services;
    this.pause = pause;
  }

  // AWS: whether it ends each record with a line feed is not described; where records are put
  // together in an object, lines stay lines so.
  @Override
  public void write(List<AccessLine> lines) throws IOException {
    Map<DeliveryStream, List<Line>> records = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      AccessLine line = lines.get(i);
      if (line.destination() instanceof DeliveryStream stream) {
        records
            .computeIfAbsent(stream, any -> new ArrayList<>())
            .add(new Line(i, (line.text() + "\n").getBytes(StandardCharsets.UTF_8)));
      }
    }
    Undelivered undelivered = new Undelivered();
    records.forEach((stream, its) -> put(stream, its, undelivered));
    undelivered.check();
  }

  /** Puts what a stream is to have; what is behind records that it is too busy for stays there. */
  private void put(DeliveryStream stream, List<Line> lines, Undelivered undelivered) {
    int from = 0;
    boolean busy = false;
    while (from < lines.size()) {
      int to = from;
      int bytes = 0;
      while (to < lines.size()
          && to - from < MOST_RECORDS
          && (to == from || bytes + lines.get(to).record.length <= MOST_BYTES)) {
        bytes += lines.get(to++).record.length;
      }
      List<Line> batch = lines.subList(from, to);
      if (busy) {
        undelivered.left(batch, stream, "it is busy");
      } else {
        busy = !isDone(stream, batch, undelivered);
      }
      from = to;
    }
  }

  /**
   * Puts records; those that the stream did not take, and all where it is busy, again.
   *
   * @return whether nothing of it may be taken later
   */
  private boolean isDone(DeliveryStream stream, List<Line> batch, Undelivered undelivered) {
    List<Line> left = batch;
    String why = "";
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      LockSupport.parkNanos(attempt * pause.toNanos());
      try {
        ServiceCalls.Answer answer = services.call(call(stream, left));
        if (answer.status() == OK) {
          left = refused(answer.body(), left);
          why = "it did not take all records";
          if (left.isEmpty()) {
            return true;
          }
        } else {
          why = answer.status() + " " + shortened(answer.body());
          if (isForGood(answer)) {
            undelivered.refused(left, stream, why);
            return true;
          }
        }
      } catch (NoEndpointException e) {
        undelivered.refused(left, stream, String.valueOf(e.getMessage()));
        return true;
      } catch (IOException e) {
        why = e.toString();
        break;
      }
    }
    undelivered.left(left, stream, why);
    return false;
  }

  /**
   * Whether it would be the same answer later: that there is no such stream, that it may not be
   * written to, or that a record is none. Who is throttled, or whose credentials have expired, may
   * come again.
   */
  private static boolean isForGood(ServiceCalls.Answer answer) {
    return answer.status() < SERVER_ERROR
        && answer.status() != TOO_MANY
        && !FOR_NOW.matcher(new String(answer.body(), StandardCharsets.UTF_8)).find();
  }

  private static ServiceCall call(DeliveryStream stream, List<Line> lines) {
    ObjectNode input = Json.object().put("DeliveryStreamName", stream.name());
    ArrayNode data = input.putArray("Records");
    for (Line each : lines) {
      data.addObject().put("Data", Base64.getEncoder().encodeToString(each.record));
    }
    return new ServiceCall(
        stream.partition(),
        stream.region(),
        "firehose",
        "POST",
        "/",
        Headers.of(
            "Content-Type",
            "application/x-amz-json-1.1",
            "X-Amz-Target",
            "Firehose_20150804.PutRecordBatch"),
        Json.text(input).getBytes(StandardCharsets.UTF_8));
  }

  /** The records whose place in the answer has an error. */
  private static List<Line> refused(byte[] answer, List<Line> records) throws IOException {
    try {
      JsonNode reply = Json.parse(answer);
      List<Line> refused = new ArrayList<>();
      if (reply.path("FailedPutCount").asInt(0) > 0) {
        JsonNode responses = reply.path("RequestResponses");
        for (int i = 0; i < records.size(); i++) {
          if (responses.path(i).has("ErrorCode")) {
            refused.add(records.get(i));
          }
        }
      }
      return refused;
    } catch (JacksonException e) {
      throw new IOException("what the delivery stream answers is none of Firehose's", e);
    }
  }

  private static String shortened(byte[] text) {
    return new String(text, 0, Math.min(text.length, LONGEST_REASON), StandardCharsets.UTF_8);
  }

  /** What streams did not take. */
  private static final class Undelivered {
    private final BitSet left = new BitSet();
    private int refused;
    private String first = "";

    /** They may be taken later. */
    void left(List<Line> lines, DeliveryStream stream, String why) {
      lines.forEach(line -> left.set(line.place));
      tell(lines, stream, why);
    }

    /** They are lost. */
    void refused(List<Line> lines, DeliveryStream stream, String why) {
      refused += lines.size();
      tell(lines, stream, why);
    }

    private void tell(List<Line> lines, DeliveryStream stream, String why) {
      if (first.isEmpty()) {
        first =
            "%d records for the delivery stream %s: %s".formatted(lines.size(), stream.name(), why);
      }
    }

    void check() throws PartlyWrittenException {
      if (!first.isEmpty()) {
        throw new PartlyWrittenException(first, null, refused, left);
      }
    }
  }
}
