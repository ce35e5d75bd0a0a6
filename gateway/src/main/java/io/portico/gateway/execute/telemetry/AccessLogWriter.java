package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes access logs on a thread of its own. Calls never wait for it: what it cannot keep up with,
 * or cannot write, is dropped and counted.
 */
public final class AccessLogWriter implements Consumer<String>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);
  private static final int MOST_WAITING = 16_384;
  private static final int BATCH = 512;

  /** The memory of a batch is used again, unless it was an unusually large one. */
  private static final int MOST_KEPT = 1024 * 1024;

  /**
   * How long the first line of a batch waits for others: a thread that is woken, and a write, for
   * each line would cost more than all else that is done for it.
   */
  private static final long GATHER_MILLIS = 20;

  /** Wakes the thread to close; an empty line is never logged. */
  private static final String WAKE_UP = "";

  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final BlockingQueue<String> waiting;
  private final LogSink sink;
  private final Counter written;
  private final Counter dropped;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean failing;

  /** Where lines go. */
  @FunctionalInterface
  public interface LogSink {

    /** The stream for the next lines; another than before once a file was moved away. */
    OutputStream stream() throws IOException;
  }

  private AccessLogWriter(LogSink sink, MeterRegistry meters, int mostWaiting) {
    this.sink = sink;
    this.waiting = new ArrayBlockingQueue<>(mostWaiting);
    this.written = meters.counter("portico.accesslog.lines");
    this.dropped = meters.counter("portico.accesslog.dropped");
    this.thread = Thread.ofPlatform().daemon().name("access-log").unstarted(this::run);
  }

  /**
   * A writer that runs until it is closed.
   *
   * @param sink where lines go
   * @param meters counts what is written and what is dropped
   */
  public static AccessLogWriter start(LogSink sink, MeterRegistry meters) {
    return start(sink, meters, MOST_WAITING);
  }

  static AccessLogWriter start(LogSink sink, MeterRegistry meters, int mostWaiting) {
    AccessLogWriter writer = new AccessLogWriter(sink, meters, mostWaiting);
    writer.thread.start();
    return writer;
  }

  @Override
  public void accept(String line) {
    if (isClosed() || !waiting.offer(line)) {
      dropped.increment();
    }
  }

  /** Takes no more lines, and writes those that wait; gives up after five seconds. */
  @Override
  public void close() {
    closing.countDown();
    // No interrupt: it would close the file under a write. A full queue wakes the thread anyway.
    waiting.offer(WAKE_UP);
    try {
      if (!thread.join(LAST_WRITES)) {
        LOG.warn("the access log could not be written out: {} lines lost", waiting.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<String> batch = new ArrayList<>(BATCH);
    while (!isClosed() || !waiting.isEmpty()) {
      String first = next();
      if (first != null) {
        batch.add(first);
        gather();
        do {
          waiting.drainTo(batch, BATCH - batch.size());
          batch.removeIf(String::isEmpty);
          if (!batch.isEmpty()) {
            write(batch);
          }
          batch.clear();
        } while (!waiting.isEmpty());
      }
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void gather() {
    try {
      boolean _ = closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to stop it: close() does.
    }
  }

  private @Nullable String next() {
    try {
      return waiting.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread to stop it: close() does.
      return null;
    }
  }

  private void write(List<String> lines) {
    for (String line : lines) {
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    try {
      OutputStream stream = sink.stream();
      bytes.writeTo(stream);
      stream.flush();
      written.increment(lines.size());
      failing = false;
    } catch (IOException e) {
      dropped.increment(lines.size());
      if (!failing) {
        failing = true;
        LOG.error("the access log cannot be written", e);
      }
    }
    if (bytes.size() <= MOST_KEPT) {
      bytes.reset();
    } else {
      bytes = new ByteArrayOutputStream();
    }
  }
}
