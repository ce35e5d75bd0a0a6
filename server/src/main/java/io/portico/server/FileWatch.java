package io.portico.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that files have changed: looks at them now and then, as links are moved and folders
 * mounted over where no notification of the system tells.
 */
final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final byte[] NOTHING = {};

  private final List<Path> files;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** By file, in their order. */
  private List<byte[]> seen = List.of();

  /**
   * A watch over small files.
   *
   * @param changed run where they hold something else than when they were looked at last, and the
   *     first time
   */
  FileWatch(List<Path> files, Runnable changed) {
    this.files = List.copyOf(files);
    this.changed = changed;
  }

  /**
   * Looks every {@code interval} until closed; never where that is zero.
   *
   * @param name of the thread
   */
  void start(String name, Duration interval) {
    if (interval.isZero()) {
      return;
    }
    Thread.ofVirtual().name(name).start(() -> watch(interval.toNanos()));
  }

  private void watch(long nanos) {
    try {
      while (!closed.await(nanos, TimeUnit.NANOSECONDS)) {
        lookAgain();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      look();
    } catch (RuntimeException e) {
      // A fault in here must not be the last look.
      LOG.error("Looking at {} failed", files, e);
    }
  }

  /** Looks once. */
  void look() {
    List<byte[]> now = new ArrayList<>();
    files.forEach(file -> now.add(content(file)));
    if (!Arrays.deepEquals(now.toArray(), seen.toArray())) {
      seen = now;
      changed.run();
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException _) {
      // What is wrong with it is said when it is read to be used.
      return NOTHING;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
