package io.portico.gateway.metrics;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things at the beginning of each minute, one after the other, on a thread of its own. A
 * minute is the clock's: where it was set, or the machine has slept, that is found within a second.
 */
// Nobody waits for what is done here.
@SuppressWarnings("FutureReturnValueIgnored")
public final class MinuteTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MinuteTimer.class);
  private static final long MINUTE_MILLIS = 60_000;
  private static final long SECOND_MILLIS = 1_000;

  private final String name;
  private final Clock clock;
  private final List<Runnable> work = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer;

  /** The one that has begun last, since 1970. */
  private long minute;

  private MinuteTimer(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.minute = currentMinute();
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
  }

  /**
   * A timer that runs until it is closed.
   *
   * @param name of its thread, for the log as well
   */
  public static MinuteTimer start(String name, Clock clock) {
    MinuteTimer started = new MinuteTimer(name, clock);
    started.timer.scheduleAtFixedRate(
        started::second,
        SECOND_MILLIS - Math.floorMod(clock.millis(), SECOND_MILLIS),
        SECOND_MILLIS,
        TimeUnit.MILLISECONDS);
    return started;
  }

  /** Something else is to be done, behind what is done already. */
  public void everyMinute(Runnable task) {
    work.add(task);
  }

  private long currentMinute() {
    return Math.floorDiv(clock.millis(), MINUTE_MILLIS);
  }

  private void second() {
    long now = currentMinute();
    if (now == minute) {
      return;
    }
    minute = now;
    for (Runnable task : work) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        // What gets out of here would be the last that is done at all.
        LOG.error("{}: what is done each minute failed", name, e);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
