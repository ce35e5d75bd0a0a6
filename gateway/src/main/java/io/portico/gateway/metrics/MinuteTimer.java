package io.portico.gateway.metrics;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does things at the beginning of each minute, one after the other, on a thread of its own. */
// Nobody waits for what is done here.
@SuppressWarnings("FutureReturnValueIgnored")
public final class MinuteTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MinuteTimer.class);
  private static final long MINUTE_MILLIS = 60_000;

  private final String name;
  private final List<Runnable> work = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor timer;

  private MinuteTimer(String name) {
    this.name = name;
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
    MinuteTimer started = new MinuteTimer(name);
    started.timer.scheduleAtFixedRate(
        started::minute,
        MINUTE_MILLIS - Math.floorMod(clock.millis(), MINUTE_MILLIS),
        MINUTE_MILLIS,
        TimeUnit.MILLISECONDS);
    return started;
  }

  /** Something else is to be done, behind what is done already. */
  public void everyMinute(Runnable task) {
    work.add(task);
  }

  private void minute() {
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
