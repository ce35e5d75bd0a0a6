package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is counted for CloudWatch of a stage: as a whole, of its canary release, and of methods and
 * routes that have metrics of their own.
 */
final class StageTally implements Telemetry.Ending {
  /**
   * A definition of more methods or routes than this has no more metrics of their own; the canary
   * has, in any case.
   */
  static final int MOST_DETAILED = 1_000;

  /** In place of a path: no resource's begins so. */
  private static final String CANARY = "canary";

  private final Supplier<Tally> kind;
  private final Tally whole;

  /** By path, and by method or route. */
  private final Map<String, Map<String, Detail>> detailed = new ConcurrentHashMap<>();

  /** How many there are of them. */
  private final AtomicInteger details = new AtomicInteger();

  /** Those that nothing was counted in for a while, and that may be recorded to this moment. */
  private final Queue<Detail> leaving = new ConcurrentLinkedQueue<>();

  private volatile ServedStage served;

  /** One part of the stage, with the dimensions that it has beside the API's. */
  private record Detail(List<Dimension> dimensions, Tally tally) {}

  StageTally(ServedStage stage) {
    this.served = stage;
    this.kind =
        switch (stage) {
          case StageSnapshot ofRest -> RestTally::new;
          case HttpStage ofHttp -> HttpTally::new;
          default -> WebSocketTally::new;
        };
    this.whole = kind.get();
  }

  ServedStage served() {
    return served;
  }

  void serves(ServedStage stage) {
    served = stage;
  }

  @Override
  public void ended(Answer answer) {
    whole.record(answer);
    Detail own = detail(answer.invocation().observations());
    if (own != null) {
      own.tally.record(answer);
    }
    if (answer.invocation().stage().release() == Release.CANARY) {
      Detail canary = detail(CANARY, "");
      if (canary != null) {
        canary.tally.record(answer);
      }
    }
  }

  /** AWS: only where they are enabled; source: documented. */
  private @Nullable Detail detail(Observations observations) {
    MethodMatch match = observations.match();
    if (match != null) {
      return match.settings().metricsEnabled()
          ? detail(match.method().resourcePath(), match.httpMethod())
          : null;
    }
    RouteMatch routed = observations.route();
    if (routed != null) {
      return routed.route().metricsEnabled()
          ? detail(routed.route().path(), routed.route().httpMethod())
          : null;
    }
    WebSocketCall call = observations.ofWebSocket();
    WebSocketRoute route = call == null ? null : call.route();
    return route != null && route.metricsEnabled() ? detail("", route.routeKey()) : null;
  }

  private @Nullable Detail detail(String path, String method) {
    Map<String, Detail> ofPath = detailed.get(path);
    Detail known = ofPath == null ? null : ofPath.get(method);
    return known == null ? added(path, method) : known;
  }

  private @Nullable Detail added(String path, String method) {
    if (details.get() >= MOST_DETAILED && !path.equals(CANARY)) {
      return null;
    }
    Detail made = new Detail(dimensions(path, method), kind.get());
    return detailed
        .compute(
            path,
            (same, known) -> {
              Map<String, Detail> ofPath = known == null ? new ConcurrentHashMap<>() : known;
              if (ofPath.putIfAbsent(method, made) == null) {
                details.incrementAndGet();
              }
              return ofPath;
            })
        .getOrDefault(method, made);
  }

  private List<Dimension> dimensions(String path, String method) {
    Dimension stage = new Dimension("Stage", served.stageName());
    if (path.equals(CANARY)) {
      // AWS: a canary release has metrics of its own; source: documented. What tells them apart is
      // inferred from the names of its logs.
      return List.of(new Dimension("Stage", served.stageName() + "/Canary"));
    }
    // AWS: a WebSocket API's route by its key; source: documented, in an earlier edition of
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html,
    // which has a resource and a method now. Assumed: that what is sent has not changed.
    return path.isEmpty()
        ? List.of(new Dimension("Route", method), stage)
        : List.of(new Dimension("Method", method), new Dimension("Resource", path), stage);
  }

  /** Hears of the values of one metric under some dimensions. */
  @FunctionalInterface
  interface Parts {
    /**
     * @param dimensions beside the API's
     * @param ofApi whether they count for the API as a whole
     */
    Tally.Measured of(List<Dimension> dimensions, boolean ofApi);
  }

  void drain(Parts parts) {
    whole.drain(parts.of(List.of(new Dimension("Stage", served.stageName())), true));
    Detail left = leaving.poll();
    while (left != null) {
      left.tally.drain(parts.of(left.dimensions, false));
      left = leaving.poll();
    }
    detailed.forEach(
        (path, ofPath) -> {
          ofPath.forEach(
              (method, detail) -> {
                if (!detail.tally.drain(parts.of(detail.dimensions, false))) {
                  ofPath.remove(method, detail);
                  details.decrementAndGet();
                  leaving.add(detail);
                }
              });
          detailed.computeIfPresent(path, (same, known) -> known.isEmpty() ? null : known);
        });
  }
}
