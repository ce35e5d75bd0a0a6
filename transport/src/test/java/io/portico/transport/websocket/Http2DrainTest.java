package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.StreamClient;
import io.portico.transport.support.StreamClient.Stream;
import io.portico.transport.support.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of draining, where WebSocket connections and requests share an HTTP/2 connection. */
final class Http2DrainTest {
  private static final int INTERNAL_ERROR = 2;
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Transport transport = new Transport();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void requestsAreGivenUpAtTheEndOfDrainingThoughOthersAreToldOfIt() throws Exception {
    CountDownLatch underWay = new CountDownLatch(2);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            underWay.countDown();
            super.message(connection, WebSocketMessage.of("" + Interruption.awaited()));
          }
        };
    HttpHandler upgrading = stuck.handler();
    HttpListener listener =
        transport.listen(
            request -> {
              if (request.opensWebSocket()) {
                return upgrading.handle(request);
              }
              underWay.countDown();
              interrupted.complete(Interruption.awaited());
              return Answers.text("late");
            });
    try (StreamClient client = StreamClient.greeting(listener.address())) {
      RawWebSocket socket = RawWebSocket.open(client.connect()).text("x");
      Stream request = client.get("/");
      assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(SHORT));

      assertThat(request.resetCode()).isEqualTo(INTERNAL_ERROR);
      assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(socket.frame().code()).isEqualTo(1001);
      assertThat(drained.get(20, TimeUnit.SECONDS)).isFalse();
    }
  }
}
