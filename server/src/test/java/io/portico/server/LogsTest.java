package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LogsTest {
  @Test
  void clientsCannotFillTheLog() {
    LoggerContext context = new LoggerContext();
    try {
      new Logs().configure(context);

      assertThat(context.getLogger("io.netty.handler.codec.http2.Any").isInfoEnabled()).isFalse();
      assertThat(context.getLogger("io.netty.handler.ssl.SslHandler").isWarnEnabled()).isFalse();
      assertThat(context.getLogger("io.netty.channel.DefaultChannelPipeline").isWarnEnabled())
          .isFalse();
      assertThat(context.getLogger("io.portico.Any").isInfoEnabled()).isTrue();
    } finally {
      context.stop();
    }
  }

  @Test
  void messagesCannotForgeOthers() {
    LoggerContext context = new LoggerContext();
    try {
      new Logs().configure(context);
      Logger logger = context.getLogger("io.portico.Any");
      var appender =
          (OutputStreamAppender<ILoggingEvent>)
              context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().next();
      Object[] said = {"a\r\n\u001b\u0085\u2028b"};
      var event = new LoggingEvent("", logger, Level.WARN, "{}", null, said);

      byte[] line = appender.getEncoder().encode(event);

      assertThat(new String(line, StandardCharsets.UTF_8)).endsWith(" WARN  Any - a b\n");
    } finally {
      context.stop();
    }
  }
}
