package io.portico.transport.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears what a class logs. */
public final class LogWatch implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  public LogWatch(Class<?> speaker) {
    logger = (Logger) LoggerFactory.getLogger(speaker);
    heard.start();
    logger.addAppender(heard);
  }

  /** What it logged as an error so far. */
  public List<String> errors() {
    return heard.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(heard);
  }
}
