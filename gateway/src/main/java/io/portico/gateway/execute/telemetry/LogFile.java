package io.portico.gateway.execute.telemetry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that lines are appended to. Once it is long enough it becomes {@code .1}, what was that
 * {@code .2}, and so on; the oldest is deleted. When another program has moved it away, to rotate
 * it, a new one is made within a second of the next line. One that cannot be rotated grows, and
 * that is tried again after a second. Used by one thread.
 */
public final class LogFile implements StreamLines.Target {
  private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private final long mostBytes;
  private final int kept;
  private @Nullable FileChannel channel;

  /** How long it was when its channel was last asked for. */
  private long sizeBefore;

  private @Nullable Object openedKey;
  private long checkedNanos;

  /** Whether it could not be rotated when that was last tried. */
  private boolean unrotated;

  private long triedNanos;

  /** A file that grows without end, unless another program rotates it. */
  public LogFile(Path path) {
    this(path, Long.MAX_VALUE, 0);
  }

  /**
   * @param mostBytes after which it is rotated; it has one batch of lines more then
   * @param kept how many files are kept beside it
   */
  public LogFile(Path path, long mostBytes, int kept) {
    this.path = path;
    this.mostBytes = mostBytes;
    this.kept = kept;
  }

  @Override
  public FileChannel channel() throws IOException {
    FileChannel open = current();
    sizeBefore = open.size();
    return open;
  }

  private FileChannel current() throws IOException {
    FileChannel open = channel;
    long now = System.nanoTime();
    if (open != null && isToRotate(now)) {
      channel = null;
      open.close();
      tryToRotate(now);
      open = null;
    }
    if (open != null && now - checkedNanos < CHECK_NANOS) {
      return open;
    }
    checkedNanos = now;
    if (open != null && Objects.equals(key(), openedKey)) {
      return open;
    }
    if (open != null) {
      channel = null;
      open.close();
    }
    FileChannel opened =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    channel = opened;
    openedKey = key();
    return opened;
  }

  @Override
  public boolean takesBack(int bytes, int taken) {
    FileChannel open = channel;
    try {
      // A device has no size, and who else writes to the file may have done so behind the bytes.
      if (open == null || open.size() != sizeBefore + taken) {
        return false;
      }
      FileChannel _ = open.truncate(sizeBefore + taken - bytes);
      return true;
    } catch (IOException e) {
      LOG.debug("{} keeps a part of a line", path, e);
      return false;
    }
  }

  private long length() throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private boolean isToRotate(long now) throws IOException {
    return mostBytes != Long.MAX_VALUE
        && length() >= mostBytes
        && (!unrotated || now - triedNanos >= CHECK_NANOS);
  }

  /** A file that cannot be rotated is appended to. */
  private void tryToRotate(long now) {
    try {
      rotate();
      unrotated = false;
    } catch (IOException e) {
      if (!unrotated) {
        LOG.error("{} cannot be rotated, and grows", path, e);
      }
      unrotated = true;
      triedNanos = now;
    }
  }

  private void rotate() throws IOException {
    if (kept == 0) {
      Files.deleteIfExists(path);
      return;
    }
    Files.deleteIfExists(numbered(kept));
    for (int i = kept - 1; i >= 0; i--) {
      Path from = i == 0 ? path : numbered(i);
      if (Files.exists(from)) {
        Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
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
