package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Datagrams that a daemon gets. */
final class XRayDaemonTest {
  private static final int LONG = 30_000;

  /** No datagram has as much. */
  private static final int TOO_LONG = 70_000;

  private DatagramSocket socket;
  private XRayDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setSoTimeout(LONG);
    daemon = new XRayDaemon(InetSocketAddress.createUnresolved("127.0.0.1", socket.getLocalPort()));
  }

  @AfterEach
  void end() {
    daemon.close();
    socket.close();
  }

  private static Answer from(String agent) {
    return EndedCalls.of(Headers.of("User-Agent", agent));
  }

  /** Whose segment the next datagram is. */
  private String agent() throws IOException {
    byte[] buffer = new byte[65_535];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    socket.receive(datagram);
    String[] parts = new String(buffer, 0, datagram.getLength(), UTF_8).split("\n", 2);
    assertThat(parts[0]).isEqualTo("{\"format\": \"json\", \"version\": 1}");
    JsonNode segment = Json.parse(parts[1].getBytes(UTF_8));
    assertThat(segment.get("trace_id").asString()).isEqualTo("1-67f4a3b1-0123456789abcdef01234567");
    return segment.at("/http/request/user_agent").asString();
  }

  @Test
  void eachSegmentIsADatagram() throws IOException {
    daemon.record(List.of(from("one"), from("two")));

    assertThat(List.of(agent(), agent())).containsExactly("one", "two");
  }

  @Test
  void oneThatIsTooLongIsLostAlone() throws IOException {
    List<Answer> calls = List.of(from("one"), from("x".repeat(TOO_LONG)), from("three"));

    PartlyWrittenException partly =
        catchThrowableOfType(PartlyWrittenException.class, () -> daemon.record(calls));

    assertThat(partly.refused()).isEqualTo(1);
    assertThat(partly.left(calls)).isEmpty();
    assertThat(List.of(agent(), agent())).containsExactly("one", "three");
  }
}
