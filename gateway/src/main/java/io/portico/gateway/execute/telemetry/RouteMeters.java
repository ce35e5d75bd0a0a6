package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.portico.gateway.execute.Observations;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's metrics of one route, a timer a status. */
final class RouteMeters {
  /** Advised by OpenTelemetry's conventions, in seconds. */
  private static final Duration[] BUCKETS =
      DoubleStream.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
          .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
          .toArray(Duration[]::new);

  /** No status, or one too many. */
  private static final int OTHER = 0;

  /** A backend that answers with ever more statuses makes no more timers than this. */
  private static final int MOST_STATUSES = 24;

  private final OwnMeters made;
  private final Tags tags;
  private final Timers server = new Timers("http.server.request.duration");
  private final Timers client = new Timers("http.client.request.duration");

  RouteMeters(MeterRegistry registry, Tags stageTags, Route route) {
    this.made = new OwnMeters(registry);
    this.tags = stageTags.and("http.route", route.path(), "http.request.method", route.verb());
  }

  void record(Answer answer, Observations observations) {
    server.at(answer.status()).record(answer.nanos(), TimeUnit.NANOSECONDS);
    if (observations.integrationCalled()) {
      client
          .at(observations.integrationStatus())
          .record(observations.integrationNanos(), TimeUnit.NANOSECONDS);
    }
  }

  void remove() {
    made.remove();
  }

  /** One name's timers by status. */
  private final class Timers {
    private final String name;
    private final ConcurrentHashMap<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    /** The one asked for last: most often it is asked for next. */
    private volatile @Nullable Last last;

    private record Last(int status, Timer timer) {}

    Timers(String name) {
      this.name = name;
    }

    Timer at(int status) {
      Last recent = last;
      if (recent != null && recent.status == status) {
        return recent.timer;
      }
      Timer timer = byStatus.get(status);
      if (timer == null) {
        boolean other = status == OTHER || byStatus.size() >= MOST_STATUSES;
        timer = byStatus.computeIfAbsent(other ? OTHER : status, this::timer);
      }
      last = new Last(status, timer);
      return timer;
    }

    private Timer timer(int status) {
      String code = status == OTHER ? "_OTHER" : Integer.toString(status);
      return made.add(
          Timer.builder(name)
              .tags(tags.and("http.response.status_code", code))
              .serviceLevelObjectives(BUCKETS)
              .register(made.registry()));
    }
  }
}
