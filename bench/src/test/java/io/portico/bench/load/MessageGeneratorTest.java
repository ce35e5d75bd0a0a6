package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.micro.websocket.EchoServer;
import io.portico.bench.process.BenchFailure;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.loop.EventLoops;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageGeneratorTest {
  private static final int CONNECTIONS = 3;
  private static final int WINDOW = 4;

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private HttpListener listener;

  @BeforeEach
  void listen() throws IOException {
    listener = EchoServer.listen(loops);
  }

  @AfterEach
  void close() {
    listener.close();
    loops.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 4000})
  void everyEchoIsCounted(int bytes) throws IOException {
    Load.Answers answers =
        MessageGenerator.run(
            WebSocketClient.of(Target.at(port())),
            MessageGenerator.Message.echoed(bytes),
            WINDOW,
            CONNECTIONS,
            Duration.ofMillis(300));

    assertThat(answers.failed()).isZero();
    assertThat(answers.complete()).isGreaterThan(WINDOW * CONNECTIONS);
  }

  @Test
  void idleConnectionsAreThereUntilTheyAreClosed() {
    try (IdleWebSockets idle = new IdleWebSockets(Target.at(port()))) {
      idle.grow(5);
      idle.grow(150);

      assertThat(listener.connections()).isEqualTo(150);
    }
  }

  @Test
  void aServerThatSpeaksNoWebSocketIsAFailure() throws Exception {
    try (SmallBackend backend = SmallBackend.start();
        IdleWebSockets idle = new IdleWebSockets(Target.at(backend.port()))) {
      assertThatThrownBy(() -> idle.grow(1))
          .isInstanceOf(BenchFailure.class)
          .hasMessageContaining("no WebSocket connection: HTTP/1.1 200 OK");
    }
  }

  private int port() {
    return listener.address().getPort();
  }
}
