package io.portico.server;

import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination.DeliveryStream;
import io.portico.lambda.async.ServiceCall;
import io.portico.server.LineCalls.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  private final LineCalls calls;

  /** A line as a record. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Line(int place, byte[] record) implements Undelivered.Placed {}

  FirehoseLines(LineCalls calls) {
    this.calls = calls;
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
    records.forEach(
        (stream, its) ->
            new LineDelivery<>(calls, new Stream(calls, stream), undelivered).bring(its));
    undelivered.check();
  }

  /** A stream that is to have records. */
  private record Stream(LineCalls calls, DeliveryStream stream)
      implements LineDelivery.Place<Line> {

    @Override
    public String named() {
      return "the delivery stream " + stream.name();
    }

    @Override
    public int endOfBatch(List<Line> lines, int from) {
      int to = from;
      int bytes = 0;
      while (to < lines.size()
          && to - from < MOST_RECORDS
          && (to == from || bytes + lines.get(to).record.length <= MOST_BYTES)) {
        bytes += lines.get(to++).record.length;
      }
      return to;
    }

    @Override
    public Outcome put(List<Line> lines) {
      return calls.make(call(stream, lines));
    }

    /** Those whose place in the answer has an error. */
    @Override
    public @Nullable List<Line> again(byte[] answer, List<Line> records) {
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
        // Whoever asks says what that means for the records.
        return null;
      }
    }
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
}
