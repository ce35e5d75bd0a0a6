package io.portico.gateway.logs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what streams have gathered, a moment after it came: whoever logs waits for no file. Does
 * what has to be done now and then, too.
 */
// Nobody waits for what is done here.
@SuppressWarnings("FutureReturnValueIgnored")
final class LogFlusher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogFlusher.class);

  /** What is lost at most if this process is killed. */
  private static final long MOMENT_MILLIS = 200;

  private static final long MINUTES_BETWEEN_SWEEPS = 60;

  private final Queue<LogStreamFile> gathered = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> Thread.ofPlatform().daemon().name("logs").unstarted(task),
          // What comes once this is closed is written when its stream is.
          new ThreadPoolExecutor.DiscardPolicy());

  /** Does something every hour, for the first time in a minute. */
  void everyHour(Runnable sweep) {
    timer.scheduleWithFixedDelay(() -> attempt(sweep), 1, MINUTES_BETWEEN_SWEEPS, TimeUnit.MINUTES);
  }

  /** A failure ends neither the sweeps to come nor what else is written. */
  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("logs: what is done in the background failed", e);
    }
  }

  /** The stream has gathered something. */
  void soon(LogStreamFile stream) {
    gathered.add(stream);
    if (due.compareAndSet(false, true)) {
      timer.schedule(this::flush, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void flush() {
    due.set(false);
    LogStreamFile stream = gathered.poll();
    while (stream != null) {
      attempt(stream::flush);
      stream = gathered.poll();
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    flush();
  }
}
