package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One metric of a route: a timer a status, as far as there is room for their series. What finds
 * none is recorded beyond, and gets its own once there is some.
 */
final class StatusTimers {
  /** Advised by OpenTelemetry's conventions, in seconds. */
  private static final Duration[] BUCKETS =
      DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
          .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
          .toArray(Duration[]::new);

  /** No status, or one too many. */
  static final int OTHER = 0;

  /** A backend that answers with ever more statuses makes no more timers than this. */
  static final int MOST_STATUSES = 24;

  private final MeterRegistry registry;
  private final String name;
  private final Tags tags;
  private final RouteSeries room;
  private final ConcurrentHashMap<Integer, Series> byStatus = new ConcurrentHashMap<>();

  /** The one asked for last: most often it is asked for next. */
  private volatile @Nullable Series last;

  private boolean removed;

  /**
   * @param status {@link #OTHER} for those that have none of their own
   * @param own whether it stands for this route alone
   */
  private record Series(int status, Timer timer, boolean own) {}

  /**
   * @param room for series
   */
  StatusTimers(MeterRegistry registry, String name, Tags tags, RouteSeries room) {
    this.registry = registry;
    this.name = name;
    this.tags = tags;
    this.room = room;
  }

  /** What ends after all were removed is recorded nowhere. */
  void record(int status, long nanos) {
    Series series = last;
    if (series == null || series.status != status || mayHaveItsOwn(series)) {
      series = of(status);
      last = series;
    }
    if (series != null) {
      series.timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private boolean mayHaveItsOwn(Series series) {
    return !series.own && room.hasRoom();
  }

  private @Nullable Series of(int status) {
    Series known = known(status);
    return known == null || mayHaveItsOwn(known) ? made(status) : known;
  }

  private @Nullable Series known(int status) {
    Series known = byStatus.get(status);
    return known == null && byStatus.size() >= MOST_STATUSES ? byStatus.get(OTHER) : known;
  }

  private synchronized @Nullable Series made(int status) {
    if (removed) {
      return null;
    }
    Series known = known(status);
    if (known != null && known.own) {
      return known;
    }
    boolean other = byStatus.size() >= MOST_STATUSES;
    Series made = known == null ? first(other ? OTHER : status) : again(known);
    byStatus.put(made.status, made);
    return made;
  }

  private Series first(int status) {
    return room.take()
        ? new Series(status, timer(registry, name, tags, status), true)
        : new Series(status, room.leaveOut(name, status), false);
  }

  private Series again(Series leftOut) {
    if (!room.take()) {
      return leftOut;
    }
    room.noLongerLeftOut();
    return new Series(leftOut.status, timer(registry, name, tags, leftOut.status), true);
  }

  /** The timer of a status of one metric of a route. */
  static Timer timer(MeterRegistry registry, String name, Tags tags, int status) {
    String code = status == OTHER ? "_OTHER" : Integer.toString(status);
    return Timer.builder(name)
        .tags(tags.and("http.response.status_code", code))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  synchronized void remove() {
    removed = true;
    last = null;
    for (Series series : byStatus.values()) {
      if (series.own) {
        registry.remove(series.timer);
        room.giveBack();
      } else {
        room.noLongerLeftOut();
      }
    }
    byStatus.clear();
  }
}
