package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

final class LogsTest {
  @Test
  void clientsCannotFillTheLogByFrames() {
    LoggerContext context = new LoggerContext();
    try {
      new Logs().configure(context);

      assertThat(context.getLogger("io.netty.handler.codec.http2.Any").isInfoEnabled()).isFalse();
      assertThat(context.getLogger("io.portico.Any").isInfoEnabled()).isTrue();
    } finally {
      context.stop();
    }
  }
}
