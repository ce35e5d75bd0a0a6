package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * API Gateway's metrics for CloudWatch: counted as calls end, and handed on now and then.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html">Dimensions
 *     and metrics</a>
 */
public final class MetricFeed implements Telemetry.Listener {
  private static final String NAMESPACE = "AWS/ApiGateway";

  private final CurrentSnapshot snapshot;
  private final Map<String, StageTally> stages = new ConcurrentHashMap<>();

  /** Those of stages that are gone. */
  private final Queue<StageTally> leaving = new ConcurrentLinkedQueue<>();

  /** Those of them that calls may still end in that had begun before. */
  private List<StageTally> left = List.of();

  /** Takes what was counted. */
  @FunctionalInterface
  public interface MetricSink {
    /**
     * @param unit as CloudWatch's model has it
     * @param values not empty
     */
    void measured(MetricKey key, String unit, Distribution values);
  }

  /**
   * @param snapshot tells which stages there are
   */
  public MetricFeed(CurrentSnapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.onStages(this::retain);
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    ServedStage stage = invocation.stage();
    StageTally tally = stages.get(stage.key());
    return tally == null ? added(stage) : tally;
  }

  /**
   * What changed since the call found its stage, this has not heard of. Where it changes once more
   * meanwhile, it may have been told of that first: the last is told last.
   */
  @SuppressWarnings("ReferenceEquality") // Two that are equal are settled twice, and no more
  private StageTally added(ServedStage stage) {
    StageTally added = stages.computeIfAbsent(stage.key(), key -> new StageTally(stage));
    GatewaySnapshot now;
    do {
      now = snapshot.get();
      settle(stage.key(), added, now);
    } while (now != snapshot.get());
    return added;
  }

  private void retain(GatewaySnapshot changed) {
    stages.forEach((key, tally) -> settle(key, tally, changed));
  }

  private void settle(String key, StageTally tally, GatewaySnapshot now) {
    ServedStage stage = now.served(tally.served().apiId(), tally.served().stageName());
    if (stage != null) {
      tally.serves(stage);
    } else if (stages.remove(key, tally)) {
      leaving.add(tally);
    }
  }

  /** Hands on what was counted since the last time. */
  public synchronized void drain(MetricSink sink) {
    Map<MetricKey, Values> all = new LinkedHashMap<>();
    stages.values().forEach(tally -> drain(tally, all));
    left.forEach(tally -> drain(tally, all));
    List<StageTally> leavingNow = new ArrayList<>();
    StageTally next = leaving.poll();
    while (next != null) {
      drain(next, all);
      leavingNow.add(next);
      next = leaving.poll();
    }
    left = leavingNow;
    all.forEach((key, values) -> sink.measured(key, values.unit, values.distribution));
  }

  private record Values(String unit, Distribution distribution) {}

  private static void drain(StageTally tally, Map<MetricKey, Values> all) {
    ServedStage stage = tally.served();
    Dimension api =
        stage instanceof StageSnapshot
            ? new Dimension("ApiName", apiName(stage))
            : new Dimension("ApiId", stage.apiId());
    String scope = stage.accountId() + "/" + stage.region();
    tally.drain(
        (dimensions, ofApi) ->
            (name, unit, values) -> {
              if (values.isEmpty()) {
                return;
              }
              add(all, new MetricKey(scope, NAMESPACE, name, with(api, dimensions)), unit, values);
              if (ofApi) {
                add(all, new MetricKey(scope, NAMESPACE, name, List.of(api)), unit, values);
              }
            });
  }

  private static void add(
      Map<MetricKey, Values> all, MetricKey key, String unit, Distribution values) {
    all.computeIfAbsent(key, absent -> new Values(unit, new Distribution()))
        .distribution
        .add(values);
  }

  private static List<Dimension> with(Dimension api, List<Dimension> others) {
    List<Dimension> all = new ArrayList<>(others);
    all.add(api);
    return all;
  }

  /** AWS: without what is not ASCII; where nothing is left, the API's id; source: documented. */
  private static String apiName(ServedStage stage) {
    String name = stage.apiName();
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
      name = name.replaceAll("[^\\x00-\\x7f]", "");
    }
    return name.isBlank() ? stage.apiId() : name;
  }
}
