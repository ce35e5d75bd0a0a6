package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class EventStreamWriterTest {

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The example of a message that decoders of the encoding are tested with. */
  @Test
  void aMessageIsWrittenToTheByte() {
    byte[] message =
        EventStreamWriter.message(ascii("{'foo':'bar'}"), "content-type", "application/json");

    assertThat(HexFormat.of().formatHex(message))
        .isEqualTo(
            "0000003d" // of all
                + "00000020" // of the headers
                + "07fd8396"
                + "0c636f6e74656e742d74797065" // content-type
                + "070010"
                + "6170706c69636174696f6e2f6a736f6e"
                + "7b27666f6f273a27626172277d"
                + "8d9c08b1");
  }

  @Test
  void anEventSaysItsTypeAndThatOfItsContent() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventStreamWriter writer = new EventStreamWriter(out);

    writer.bytes("PayloadChunk", new byte[] {0, 1, 2});
    int first = out.size();
    writer.json("InvokeComplete", Json.object().put("ErrorCode", "Unhandled"));

    byte[] both = out.toByteArray();
    assertThat(ByteBuffer.wrap(both).getInt()).isEqualTo(first);
    assertThat(new String(both, 0, first, StandardCharsets.ISO_8859_1))
        .contains(":event-type\u0007\0\u000cPayloadChunk")
        .contains(":content-type\u0007\0\u0018application/octet-stream")
        .contains(":message-type\u0007\0\u0005event\0\1\2");
    assertThat(new String(both, first, both.length - first, StandardCharsets.ISO_8859_1))
        .contains(":event-type\u0007\0\u000eInvokeComplete")
        .contains(":content-type\u0007\0\u0010application/json")
        .contains("{\"ErrorCode\":\"Unhandled\"}");
    CRC32 crc = new CRC32();
    crc.update(both, first, both.length - first - 4);
    assertThat(ByteBuffer.wrap(both).getInt(both.length - 4)).isEqualTo((int) crc.getValue());
  }

  @Test
  void anOperationAnswersAStreamOfEvents() throws IOException {
    ObjectNode output = Json.object().put("StatusCode", 200).put("ExecutedVersion", "$LATEST");
    EventStream stream = events -> events.bytes("PayloadChunk", ascii("piece"));
    output.putPOJO("EventStream", stream);

    HttpResponse response = write(output);

    assertThat(response.headers())
        .isEqualTo(
            Headers.of(
                "X-Amz-Executed-Version",
                "$LATEST",
                "Content-Type",
                "application/vnd.amazon.eventstream"));
    assertThat(response.body().length()).isEqualTo(-1);
    assertThat(new String(response.body().readAll(1000), StandardCharsets.ISO_8859_1))
        .contains("PayloadChunk")
        .contains("piece");
  }

  @Test
  void oneThatAnswersNoEventsHasNoBody() {
    HttpResponse response = write(Json.object().put("StatusCode", 204));

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body().length()).isZero();
  }

  private static HttpResponse write(ObjectNode output) {
    ServiceModel model = ServiceModel.of(AwsApi.LAMBDA);
    return new OutputWriter(model)
        .write(
            Objects.requireNonNull(model.operation("InvokeWithResponseStream")),
            output,
            Headers.builder());
  }
}
