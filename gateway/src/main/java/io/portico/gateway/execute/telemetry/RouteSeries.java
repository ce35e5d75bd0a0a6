package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room that there is for series of routes, those of all stages together. What finds none is
 * counted for all routes in one, by its status, whose route is {@value #BEYOND}.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits">Cardinality
 *     limits</a>
 */
final class RouteSeries {
  /** No route's path is so: OpenTelemetry has the attribute {@code otel.metric.overflow} for it. */
  static final String BEYOND = "_OVERFLOW";

  private static final Tags BEYOND_TAGS =
      RouteMeters.tags(Tags.of("api.id", "", "api.stage", ""), new Route(BEYOND, "_OTHER"));

  private static final Logger LOG = LoggerFactory.getLogger(RouteSeries.class);

  private final MeterRegistry registry;
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  /** What is counted for all that find no room, by the metric's name and status. */
  private final Map<String, Map<Integer, Timer>> beyond = new HashMap<>();

  /**
   * @param most series that there may be, a histogram being one; those beside, for what is beyond,
   *     not counted
   */
  RouteSeries(MeterRegistry registry, int most) {
    this.registry = registry;
    this.most = most;
    Gauge.builder("portico.metrics.route.series.left.out", leftOut, AtomicInteger::get)
        .description("Series of routes beyond metrics.max-route-series")
        .register(registry);
  }

  /** The timers of one metric of a route. */
  StatusTimers timers(String name, Tags tags) {
    return new StatusTimers(registry, name, tags, this);
  }

  boolean hasRoom() {
    return taken.get() < most;
  }

  /** Takes the room of one series, if there is any. */
  boolean take() {
    int before = taken.get();
    while (before < most) {
      if (taken.compareAndSet(before, before + 1)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  /** A series has gone that had taken room. */
  void giveBack() {
    taken.decrementAndGet();
  }

  /** One more finds no room; where it is recorded instead. */
  Timer leaveOut(String name, int status) {
    leftOut.incrementAndGet();
    if (!told.getAndSet(true)) {
      LOG.warn(
          "There are more than {} series of routes (metrics.max-route-series): metrics of further"
              + " ones are counted together, as those of the route {}.",
          most,
          BEYOND);
    }
    return beyond(name, status);
  }

  private synchronized Timer beyond(String name, int status) {
    Map<Integer, Timer> made = beyond.computeIfAbsent(name, absent -> new HashMap<>());
    boolean other = !made.containsKey(status) && made.size() >= StatusTimers.MOST_STATUSES;
    return made.computeIfAbsent(
        other ? StatusTimers.OTHER : status,
        code -> StatusTimers.timer(registry, name, BEYOND_TAGS, code));
  }

  /** One that had found none has room now, or is gone. */
  void noLongerLeftOut() {
    leftOut.decrementAndGet();
  }
}
