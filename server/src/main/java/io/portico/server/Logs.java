package io.portico.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.portico.server.config.GatewayConfig.Logging;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Logging set up by hand: reading a file of XML at every start would take longer than the rest of
 * it. Everything goes to standard error; standard output is for what was asked for.
 */
public final class Logs extends ContextAwareBase implements Configurator {
  private static final Logging BEFORE = new Logging(Logging.Level.INFO, Logging.Format.HUMAN);

  /**
   * The least severe level at which Netty's classes write no line for what a client does: what it
   * can have written as often as it likes, it can fill a disk with.
   */
  private static final Map<String, Level> QUIET =
      Map.of(
          // Frames on a stream that was reset.
          "io.netty.handler.codec.http2", Level.WARN,
          // TLS's last word, which the client does not take.
          "io.netty.handler.ssl.SslHandler", Level.ERROR,
          // What fails in a handshake whose client has left already.
          "io.netty.channel.DefaultChannelPipeline", Level.ERROR);

  /** A message is one line: what clients and backends say in it must not look like another. */
  private static final String LINE =
      "%d{HH:mm:ss.SSS} %-5level %logger{0} - "
          + "%replace(%msg){'[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+', ' '}%n";

  /** What is logged before the configuration is known. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    set(context, BEFORE);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs as configured from now on; once in a process. */
  public static void apply(Logging logging) {
    // Not equals: what a record's is made of would take longer than setting up again.
    if (logging.level() != BEFORE.level() || logging.format() != BEFORE.format()) {
      set((LoggerContext) LoggerFactory.getILoggerFactory(), logging);
    }
  }

  private static void set(LoggerContext context, Logging logging) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    Encoder<ILoggingEvent> encoder = encoder(context, logging.format());
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("standard error");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    root.addAppender(appender);
    Level level = Level.toLevel(logging.level().name());
    root.setLevel(level);
    boolean quiet = level.isGreaterOrEqual(Level.INFO);
    QUIET.forEach(
        (name, least) ->
            context
                .getLogger(name)
                .setLevel(quiet && least.isGreaterOrEqual(level) ? least : level));
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Logging.Format format) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case HUMAN -> {
            PatternLayoutEncoder lines = new PatternLayoutEncoder();
            lines.setPattern(LINE);
            yield lines;
          }
          case JSON -> new JsonEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
