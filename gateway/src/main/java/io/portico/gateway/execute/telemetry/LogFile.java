package io.portico.gateway.execute.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that lines are appended to. When another program has moved it away, to rotate it, a new
 * one is made within a second of the next line. Used by one thread.
 */
public final class LogFile implements AccessLogWriter.LogSink {
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private @Nullable OutputStream stream;
  private @Nullable Object openedKey;
  private long checkedNanos;

  public LogFile(Path path) {
    this.path = path;
  }

  @Override
  public OutputStream stream() throws IOException {
    OutputStream open = stream;
    long now = System.nanoTime();
    if (open != null && now - checkedNanos < CHECK_NANOS) {
      return open;
    }
    checkedNanos = now;
    if (open != null && Objects.equals(key(), openedKey)) {
      return open;
    }
    if (open != null) {
      stream = null;
      open.close();
    }
    OutputStream opened =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    stream = opened;
    openedKey = key();
    return opened;
  }

  /** What tells this file from another of the same name; null where it is gone. */
  private @Nullable Object key() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return key == null ? attributes.creationTime() : key;
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
