package io.portico.server;

import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination.DeliveryStream;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of access logs as records of <b>Firehose</b>'s delivery streams, at the endpoint that
 * integrations have for it. Used by one thread, which waits for each call.
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

  private final ServiceCalls services;

  FirehoseLines(ServiceCalls services) {
    this.services = services;
  }

  // AWS: whether it ends each record with a line feed is not described; where records are put
  // together in an object, lines stay lines so.
  @Override
  public void write(List<AccessLine> lines) throws IOException {
    Map<DeliveryStream, List<byte[]>> records = new LinkedHashMap<>();
    for (AccessLine line : lines) {
      if (line.destination() instanceof DeliveryStream stream) {
        records
            .computeIfAbsent(stream, any -> new ArrayList<>())
            .add((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    for (Map.Entry<DeliveryStream, List<byte[]>> each : records.entrySet()) {
      List<byte[]> batch = new ArrayList<>();
      int bytes = 0;
      for (byte[] record : each.getValue()) {
        if (batch.size() == MOST_RECORDS || bytes + record.length > MOST_BYTES) {
          put(each.getKey(), batch);
          batch = new ArrayList<>();
          bytes = 0;
        }
        batch.add(record);
        bytes += record.length;
      }
      put(each.getKey(), batch);
    }
  }

  /** Puts records; those that the stream did not take, and all where it is busy, again. */
  private void put(DeliveryStream stream, List<byte[]> records) throws IOException {
    List<byte[]> left = records;
    String why = "";
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !left.isEmpty(); attempt++) {
      ServiceCalls.Answer answer = services.call(call(stream, left));
      if (answer.status() == OK) {
        left = refused(answer.body(), left);
        why = "it did not take all records";
      } else {
        why = answer.status() + " " + shortened(answer.body());
        if (answer.status() < SERVER_ERROR) {
          break;
        }
      }
    }
    if (!left.isEmpty()) {
      throw new IOException(
          "%d records for the delivery stream %s: %s".formatted(left.size(), stream.name(), why));
    }
  }

  private static ServiceCall call(DeliveryStream stream, List<byte[]> records) {
    ObjectNode input = Json.object().put("DeliveryStreamName", stream.name());
    ArrayNode data = input.putArray("Records");
    for (byte[] each : records) {
      data.addObject().put("Data", Base64.getEncoder().encodeToString(each));
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
  private static List<byte[]> refused(byte[] answer, List<byte[]> records) throws IOException {
    try {
      JsonNode reply = Json.parse(answer);
      List<byte[]> refused = new ArrayList<>();
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
}
