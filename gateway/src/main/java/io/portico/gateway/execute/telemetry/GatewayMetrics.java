package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The metrics of the data plane, in CloudWatch's names and in OpenTelemetry's.
 *
 * <p>A stage's meters are made with its first call and kept by the stage's key, so that they
 * survive a swap; they go when the stage goes. A call that ends after its stage is in none of them,
 * nor in those of a method, a route or a canary that went while it was under way.
 *
 * <p>Routes have no more series than may be: {@link RouteSeries}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html">Dimensions
 *     and metrics</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">HTTP metrics</a>
 */
public final class GatewayMetrics implements Telemetry.Listener {
  private final MeterRegistry registry;
  private final MeterClock clock;
  private final CurrentSnapshot snapshot;
  private final RouteSeries routes;
  private final DetailRoom details;
  private final ConcurrentHashMap<String, StageMeters> stages = new ConcurrentHashMap<>();

  /**
   * @param registry where the meters are
   * @param clock the registry's
   * @param snapshot tells which stages there are
   * @param mostRouteSeries how many series routes may have in OpenTelemetry's names, all together;
   *     a histogram is one
   */
  public GatewayMetrics(
      MeterRegistry registry, MeterClock clock, CurrentSnapshot snapshot, int mostRouteSeries) {
    this.registry = registry;
    this.clock = clock;
    this.snapshot = snapshot;
    this.routes = new RouteSeries(registry, mostRouteSeries);
    this.details = new DetailRoom(registry);
    snapshot.onStages(this::retain);
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    StageMeters meters = meters(invocation.stage());
    meters.began();
    return meters;
  }

  private StageMeters meters(ServedStage stage) {
    StageMeters meters = stages.get(stage.key());
    return meters == null ? added(stage) : meters;
  }

  /**
   * What changed since the call found its stage, these have not heard of. Where it changes once
   * more meanwhile, they may have been told of that first: the last is told last.
   */
  @SuppressWarnings("ReferenceEquality") // Two that are equal are settled twice, and no more
  private StageMeters added(ServedStage stage) {
    StageMeters added = stages.computeIfAbsent(stage.key(), key -> made(stage));
    GatewaySnapshot now;
    do {
      now = snapshot.get();
      settle(stage.key(), added, now);
    } while (now != snapshot.get());
    return added;
  }

  private StageMeters made(ServedStage stage) {
    return switch (stage) {
      case StageSnapshot ofRest -> new RestStageMeters(registry, clock, routes, details, ofRest);
      case HttpStage ofHttp -> new HttpStageMeters(registry, clock, routes, details, ofHttp);
      case WebSocketStage ofWebSocket ->
          new WebSocketStageMeters(registry, clock, details, ofWebSocket);
      default -> throw new IllegalArgumentException("no stage that has meters: " + stage.key());
    };
  }

  private void retain(GatewaySnapshot changed) {
    stages.forEach((key, meters) -> settle(key, meters, changed));
  }

  private void settle(String key, StageMeters meters, GatewaySnapshot now) {
    ServedStage stage = now.served(meters.apiId(), meters.stageName());
    if (stage != null) {
      meters.serves(stage);
    } else if (stages.remove(key, meters)) {
      meters.remove();
    }
  }
}
