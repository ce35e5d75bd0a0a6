package io.portico.lambda.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log stream in a file, an event a line: {@code 1764403200000 START RequestId: …}. {@code \n},
 * {@code \r} and {@code \\} stand for what would end the line or be taken for one of them.
 *
 * <p>A log that cannot be written is said once, and stops no function.
 */
final class LogFile implements LogStream {
  static final String SUFFIX = ".log";

  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

  private final Path file;
  private final String name;
  private @Nullable BufferedWriter writer;
  private boolean broken;

  LogFile(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void append(long millis, String message) {
    attempt(
        () -> {
          BufferedWriter open = open();
          open.write(Long.toString(millis));
          open.write(' ');
          open.write(escaped(message));
          open.write('\n');
        });
  }

  @Override
  public synchronized void flush() {
    BufferedWriter open = writer;
    if (open != null) {
      attempt(open::flush);
    }
  }

  @Override
  public synchronized void close() {
    BufferedWriter open = writer;
    writer = null;
    if (open != null) {
      attempt(open::close);
    }
  }

  /** Something that may fail on a full disk, say. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void attempt(Writing writing) {
    try {
      writing.run();
      broken = false;
    } catch (IOException e) {
      if (!broken) {
        LOG.error("the log stream {} cannot be written: {}", file, e.toString());
        broken = true;
      }
    }
  }

  private BufferedWriter open() throws IOException {
    BufferedWriter open = writer;
    if (open == null) {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      writer = open;
    }
    return open;
  }

  private static String escaped(String message) {
    if (message.indexOf('\\') < 0 && message.indexOf('\n') < 0 && message.indexOf('\r') < 0) {
      return message;
    }
    return message.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
