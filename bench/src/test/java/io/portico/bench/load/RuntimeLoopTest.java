package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RuntimeLoopTest {
  private static final String NEXT =
      "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final byte[] EVENT = "{\"path\":\"/é\"}".getBytes(StandardCharsets.UTF_8);
  private static final Pattern REQUEST_ID =
      Pattern.compile("Lambda-Runtime-Aws-Request-Id: (\\S+)\r\n");
  private static final Duration LENGTH = Duration.ofSeconds(1);

  @Test
  void everyAnswerOfTheFunctionIsTimed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> firstEvent = runtime(listener.getLocalPort(), "response");

      Latencies latencies = RuntimeLoop.run(listener, EVENT, Duration.ZERO, LENGTH);

      assertThat(latencies.answers()).isGreaterThan(1);
      assertThat(latencies.failed()).isZero();
      assertThat(latencies.p50()).isPositive().isLessThan(LENGTH.toNanos());
      assertThat(firstEvent.join()).isEqualTo(new String(EVENT, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aFunctionThatFailsIsNotTimed() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> _ = runtime(listener.getLocalPort(), "error");

      assertThatThrownBy(() -> RuntimeLoop.run(listener, EVENT, Duration.ZERO, LENGTH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/error HTTP/1.1");
    }
  }

  /** A runtime that ends every invocation so; gives the first event it got. */
  private static CompletableFuture<String> runtime(int port, String end) {
    CompletableFuture<String> firstEvent = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> serve(port, end, firstEvent));
    return firstEvent;
  }

  private static void serve(int port, String end, CompletableFuture<String> firstEvent) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(NEXT.getBytes(StandardCharsets.ISO_8859_1));
      for (Optional<Answer> event = read(socket); event.isPresent(); event = read(socket)) {
        Answer order = event.get();
        if (order.head.startsWith("HTTP/1.1 202 ")) {
          continue;
        }
        firstEvent.complete(order.body);
        Matcher requestId = REQUEST_ID.matcher(order.head);
        assertThat(requestId.find()).isTrue();
        String post =
            "POST /2018-06-01/runtime/invocation/"
                + requestId.group(1)
                + "/"
                + end
                + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nnull";
        socket.getOutputStream().write((post + NEXT).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      firstEvent.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private record Answer(String head, String body) {}

  /** One answer; none where the connection ends. */
  private static Optional<Answer> read(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return Optional.empty();
      }
      head.append((char) next);
    }
    Matcher length = Pattern.compile("Content-Length: (\\d+)\r\n").matcher(head);
    assertThat(length.find()).isTrue();
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
    return Optional.of(new Answer(head.toString(), new String(body, StandardCharsets.UTF_8)));
  }
}
