package io.portico.transport.websocketapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Clients that break WebSocket's rules, before they are connected or afterwards: the function hears
 * of the end of each that was, and no other client notices.
 */
final class HostileClientsTest {
  /** {@code -Dportico.seed} sets another. */
  private static final long SEED = Long.getLong("portico.seed", 6455L);

  private static final int ROUNDS = 100;
  private static final int FRAME = 32 * 1024;

  private static final String STAGE = "/_aws/execute-api/" + CaseApi.ID + "/" + CaseApi.STAGE;

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Stream.of(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] octets(int... octets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int octet : octets) {
      all.write(octet);
    }
    return all.toByteArray();
  }

  /** What a client sends, and the code by which it is told that it must not. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody
  private record Broken(int code, byte[] sent) {}

  private static Map<String, Broken> brokenFrames() {
    Map<String, Broken> all = new LinkedHashMap<>();
    byte[] piece = new byte[FRAME];
    all.put("no mask", new Broken(1002, octets(0x81, 1, 'a')));
    all.put("a reserved bit", new Broken(1002, RawWebSocket.frame(0xc1, "a")));
    all.put("a reserved opcode", new Broken(1002, RawWebSocket.frame(0x83, "a")));
    all.put("a ping in fragments", new Broken(1002, RawWebSocket.frame(0x09, "a")));
    all.put("a ping of 126 bytes", new Broken(1002, RawWebSocket.frame(0x89, new byte[126])));
    all.put("a continuation of nothing", new Broken(1002, RawWebSocket.frame(0x80, "a")));
    all.put(
        "a message within a message",
        new Broken(1002, joined(RawWebSocket.frame(0x01, "a"), RawWebSocket.frame(0x81, "b"))));
    all.put("half a close code", new Broken(1002, RawWebSocket.frame(0x88, "a")));
    all.put("a close code of nobody", new Broken(1002, RawWebSocket.frame(0x88, "\u0003\u0000")));
    all.put(
        "a length that is negative",
        new Broken(1002, octets(0x81, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0)));
    all.put("a length in too many bytes", new Broken(1002, octets(0x81, 0xfe, 0, 1)));
    all.put("a binary message", new Broken(1003, RawWebSocket.frame(0x82, "a")));
    all.put("no UTF-8", new Broken(1007, RawWebSocket.frame(0x81, octets(0xc3, 0x28))));
    all.put("half a character", new Broken(1007, RawWebSocket.frame(0x81, octets(0xe2, 0x82))));
    all.put("a surrogate", new Broken(1007, RawWebSocket.frame(0x81, octets(0xed, 0xa0, 0x80))));
    all.put(
        "a close reason that is no text",
        new Broken(1007, RawWebSocket.frame(0x88, octets(0x03, 0xe8, 0xff))));
    all.put(
        "a frame that is too long",
        new Broken(1009, RawWebSocket.frame(0x81, new byte[FRAME + 1])));
    all.put(
        "a length of all there is",
        new Broken(1009, octets(0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)));
    all.put(
        "a message that is too long",
        new Broken(
            1009,
            joined(
                RawWebSocket.frame(0x01, piece),
                RawWebSocket.frame(0x00, piece),
                RawWebSocket.frame(0x00, piece),
                RawWebSocket.frame(0x00, piece),
                RawWebSocket.frame(0x80, "a"))));
    return all;
  }

  @Test
  void whoBreaksARuleIsToldSoAndHasLeft() throws Exception {
    try (HostileChat chat = new HostileChat()) {
      for (Map.Entry<String, Broken> broken : brokenFrames().entrySet()) {
        try (RawWebSocket client = chat.plane.connectRaw()) {
          String question = chat.question();
          client.text(question);
          assertThat(client.frame().text()).isEqualTo(question);

          client.send(broken.getValue().sent());

          Frame last = client.frame();
          assertThat(last.opcode()).as(broken.getKey()).isEqualTo(RawWebSocket.CLOSE);
          assertThat(last.code()).as(broken.getKey()).isEqualTo(broken.getValue().code());
          assertThat(client.rest()).isEmpty();
        }
        chat.isUnharmed(broken.getKey());
      }
      chat.allLeave();
    }
  }

  @Test
  void whoSendsBytesByChanceHasLeftInTheEnd() throws Exception {
    Random random = new Random(SEED);
    try (HostileChat chat = new HostileChat()) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        try (RawWebSocket client = chat.plane.connectRaw()) {
          if (random.nextBoolean()) {
            client.send(RawWebSocket.frame(0x01, "{\"action\": \"echo\"}"));
          }
          client.send(bytes);
          if (random.nextBoolean()) {
            client.client().endOutput();
            String _ = client.rest();
          } else {
            client.client().reset();
          }
        }
      }
      chat.isUnharmed("-Dportico.seed=" + SEED);
      chat.allLeave();
    }
  }

  private static List<String> handshakes() {
    String honest = RawWebSocket.handshake().replace("/chat", STAGE);
    return List.of(
        honest.replace("Upgrade: websocket\r\n", ""),
        honest.replace("Upgrade: websocket", "Upgrade: h2c"),
        honest.replace("Connection: Upgrade", "Connection: keep-alive"),
        honest.replace("Sec-WebSocket-Version: 13\r\n", ""),
        honest.replace("Version: 13", "Version: 8"),
        honest.replace("Version: 13", "Version: 99999999999999999999"),
        honest.replace("Sec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n", ""),
        honest.replace(RawWebSocket.KEY, "short"),
        honest.replace(RawWebSocket.KEY, "!".repeat(24)),
        honest.replace(RawWebSocket.KEY, "a".repeat(5_000)),
        honest.replace("GET ", "POST "),
        honest.replace("GET ", "DELETE "),
        honest.replace(STAGE, STAGE + "/elsewhere"),
        honest.replace(STAGE, STAGE + "/../../x"),
        honest.replace(STAGE, STAGE + "/%00"),
        honest.replace(STAGE, STAGE + "nowhere"),
        honest.replace(STAGE, STAGE + "/@connections"),
        honest.replace("\r\n\r\n", "\r\nSec-WebSocket-Key: " + RawWebSocket.KEY + "\r\n\r\n"),
        honest.replace("\r\n\r\n", "\r\nSec-WebSocket-Version: 8\r\n\r\n"),
        honest.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\nabcd"),
        honest.replace("HTTP/1.1", "HTTP/1.0"));
  }

  @Test
  void whatIsNoHandshakeConnectsNobody() throws Exception {
    try (HostileChat chat = new HostileChat()) {
      for (String handshake : handshakes()) {
        assertThat(status(chat.plane, handshake)).as(handshake).isBetween(400, 499);
        chat.isUnharmed(handshake);
      }
      chat.allLeave();
    }
  }

  private static int status(ChatPlane plane, String handshake) throws IOException {
    try (RawClient client = plane.raw()) {
      return client.send(handshake).answer().status();
    }
  }
}
