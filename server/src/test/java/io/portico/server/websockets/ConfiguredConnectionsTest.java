package io.portico.server.websockets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code websocket.…} says of each connection holds on the wire, with its close code. */
@Timeout(120)
final class ConfiguredConnectionsTest {
  private static final int PATIENCE_MILLIS = 60_000;

  /** A client has ten seconds to answer a close frame where nothing is configured. */
  private static final int LESS_THAN_BY_DEFAULT = 8_000;

  private static final String MESSAGE = "{\"text\": \"%s\"}";

  /** A message of so many bytes. */
  private static String ofLength(int bytes) {
    return MESSAGE.formatted("x".repeat(bytes - MESSAGE.formatted("").length()));
  }

  @Test
  void aConnectionOnWhichNothingHappensEndsInTime() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.idle-timeout", "300ms"))) {
      assertThat(gateway.connect().hears()).startsWith("closed 1001 ");
    }
  }

  @Test
  void aConnectionLastsSoLong() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.max-duration", "2s"))) {
      ChatClient client = gateway.connect();
      client.sends("{}");

      assertThat(client.hears()).hasSize(16);
      assertThat(client.hears()).startsWith("closed 1001 ");
    }
  }

  @Test
  void aFrameIsSoLong() throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(Map.of("websocket.max-frame", "100", "websocket.max-message", "1000"))) {
      ChatClient client = gateway.connect();
      client.sends(ofLength(100));
      assertThat(client.hears()).hasSize(16);

      client.sends(ofLength(101));

      assertThat(client.hears()).startsWith("closed 1009 ");
    }
  }

  @Test
  void aMessageOfSeveralFramesIsSoLong() throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(Map.of("websocket.max-frame", "100", "websocket.max-message", "150"))) {
      ChatClient client = gateway.connect();
      String longest = ofLength(150);
      client.sends(longest.substring(0, 100), longest.substring(100));
      assertThat(client.hears()).hasSize(16);

      client.sends(longest.substring(0, 100), longest.substring(100) + "x");

      assertThat(client.hears()).startsWith("closed 1009 ");
    }
  }

  @Test
  void whatIsPostedIsSoLong() throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(Map.of("websocket.max-message", "100", "websocket.max-frame", "100"))) {
      Credentials manager = gateway.user("manager", manages(gateway));
      ChatClient client = gateway.connect();
      client.sends("{}");
      String path = "/@connections/" + client.hears();

      assertThat(gateway.command(manager, "POST", path, "x".repeat(101)).statusCode())
          .isEqualTo(413);
      assertThat(gateway.command(manager, "POST", path, "x".repeat(100)).statusCode())
          .isEqualTo(200);
      assertThat(client.hears()).hasSize(100);
    }
  }

  private static String manages(ChatGateway gateway) {
    return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Action": "execute-api:ManageConnections", "Resource": "%s"}]}
        """
        .formatted(gateway.arn("prod", "/POST/@connections/*"));
  }

  /** What waits for a client beside what the kernel holds. */
  @ParameterizedTest
  @ValueSource(ints = {1008, 1013})
  void aClientThatDoesNotReadIsGivenUp(int code) throws Exception {
    try (ChatGateway gateway =
        new ChatGateway(
            Map.of(
                "websocket.max-unsent",
                "131072",
                "websocket.overflow-code",
                Integer.toString(code)))) {
      Credentials manager = gateway.user("manager", manages(gateway));
      ChatClient client = gateway.connectSilently();
      client.sends("{}");
      client.asksForOne();
      String path = "/@connections/" + client.hears();
      String content = "x".repeat(100_000);
      long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
      int status = 200;
      while (status == 200 && System.nanoTime() - deadline < 0) {
        status = gateway.command(manager, "POST", path, content).statusCode();
      }

      client.takesAll();

      // It is told of no more than it is sent; by the next command it may have ended.
      assertThat(status).isIn(429, 410);
      assertThat(client.hearsTheEnd()).startsWith("closed " + code + " ");
    }
  }

  @Test
  void aClientThatDoesNotAnswerACloseFrameIsNotWaitedFor() throws Exception {
    try (ChatGateway gateway =
            new ChatGateway(
                Map.of("websocket.idle-timeout", "100ms", "websocket.close-timeout", "100ms"));
        Socket socket = shaken(gateway.uri("http", ""))) {
      socket.setSoTimeout(LESS_THAN_BY_DEFAULT);

      int heard = 0;
      try {
        while (socket.getInputStream().read() >= 0) {
          heard++;
        }
      } catch (SocketException _) {
        // A reset is an end as well, a timeout another exception.
      }
      assertThat(heard).isPositive();
    }
  }

  /** The time that its integration has, half a minute, is longer than anybody waits here. */
  @Test
  void aMessageIsHandledInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ChatGateway gateway = new ChatGateway(Map.of("websocket.handling-timeout", "1s"))) {
      gateway.route(
          "send",
          gateway.integration(
              """
              {"integrationType": "HTTP_PROXY", "integrationMethod": "POST",
               "integrationUri": "http://127.0.0.1:%d/"}"""
                  .formatted(silent.getLocalPort())),
          true);
      ChatClient client = gateway.connect();

      client.sends("{\"action\": \"send\"}");

      assertThat(client.hears()).startsWith("{\"message\": \"Endpoint request timed out\", ");
      client.sends("{}");
      assertThat(client.hears()).hasSize(16);
    }
  }

  @Test
  void binaryMessagesAreTakenWhereTheyAreOn() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.binary-frames", "true"))) {
      ChatClient client = gateway.connect();

      client.sendsBinary((byte) 0xff, (byte) 0);

      assertThat(client.hears()).hasSize(16);
    }
  }

  @Test
  void binaryMessagesEndAConnectionOtherwise() throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of())) {
      ChatClient client = gateway.connect();

      client.sendsBinary((byte) 0xff, (byte) 0);

      assertThat(client.hears()).startsWith("closed 1003 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void compressionIsAgreedUponWhereItIsOn(String configured, boolean agreed) throws Exception {
    try (ChatGateway gateway = new ChatGateway(Map.of("websocket.compression", configured))) {
      String head = handshake(gateway.uri("http", ""), "permessage-deflate");

      assertThat(head).startsWith("HTTP/1.1 101 ");
      assertThat(head.toLowerCase(Locale.ROOT).contains("permessage-deflate")).isEqualTo(agreed);
    }
  }

  /** The head of the answer to a handshake that offers an extension. */
  private static String handshake(URI uri, String extension) throws Exception {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return handshake(socket, uri, extension);
    }
  }

  /** A connection whose handshake is over, and by which nothing is sent. */
  private static Socket shaken(URI uri) throws Exception {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    assertThat(handshake(socket, uri, "none")).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private static String handshake(Socket socket, URI uri, String extension) throws Exception {
    socket.setSoTimeout(PATIENCE_MILLIS);
    String request =
        """
          GET %s HTTP/1.1\r
          Host: %s\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          Sec-WebSocket-Extensions: %s\r
          \r
          """
            .formatted(uri.getRawPath(), uri.getAuthority(), extension);
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("the answer breaks off: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
