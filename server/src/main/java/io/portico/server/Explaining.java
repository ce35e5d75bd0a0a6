package io.portico.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.execute.explain.ControlFacts;
import io.portico.gateway.execute.explain.ExplainLimits;
import io.portico.gateway.execute.explain.ExplainRecorder;
import io.portico.gateway.execute.explain.ExplainRing;
import io.portico.gateway.execute.explain.Explanations;
import io.portico.gateway.execute.telemetry.RefusalMeters;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.server.config.ExplainConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts by which requests are explained; none of them where the configuration says so. */
final class Explaining {
  private final @Nullable ExplainRecorder recorder;
  private final @Nullable Explanations explanations;

  private Explaining(@Nullable ExplainRecorder recorder, @Nullable Explanations explanations) {
    this.recorder = recorder;
    this.explanations = explanations;
  }

  static Explaining of(
      ExplainConfig config,
      CurrentSnapshot snapshot,
      ControlFacts control,
      Throttles throttles,
      UsageMeters usage,
      @Nullable ThrottleLimit ofAccount) {
    if (!config.enabled()) {
      return new Explaining(null, null);
    }
    ExplainRing ring = new ExplainRing(limits(config));
    return new Explaining(
        new ExplainRecorder(
            ring,
            throttles,
            usage,
            ofAccount,
            Clock.systemUTC(),
            config.header() ? toldToClients(ring, snapshot) : null),
        new Explanations(ring, snapshot, control));
  }

  /** Words for a header are made on an event loop, where no record is read. */
  private static Explanations toldToClients(ExplainRing ring, CurrentSnapshot snapshot) {
    return new Explanations(ring, snapshot, ControlFacts.NONE);
  }

  private static ExplainLimits limits(ExplainConfig config) {
    return new ExplainLimits(
        config.requests(),
        config.refusals(),
        config.maxSize() * 1024L * 1024 / 2,
        config.requestRate(),
        config.refusalRate());
  }

  /** What hears of each invocation, the recorder of explanations among it. */
  Telemetry telemetry(List<Telemetry.Listener> others) {
    List<Telemetry.Listener> listeners = new ArrayList<>(others);
    if (recorder != null) {
      listeners.add(recorder);
    }
    return new Telemetry(listeners);
  }

  /** Invocations that leave a trail, where they are explained. */
  Invocations of(Invocations invocations) {
    return recorder == null ? invocations : invocations.explained();
  }

  /** What hears of the tests of methods, of which nothing else hears. */
  Telemetry ofTests() {
    return telemetry(List.of());
  }

  /**
   * What hears of refusals at the front door and by listeners.
   *
   * @param meters count them, explained or not
   */
  RefusedRequests refusals(MeterRegistry meters) {
    return new RefusalMeters(meters, recorder == null ? RefusedRequests.UNHEARD : recorder);
  }

  /**
   * What answers below {@code /_portico/explain}.
   *
   * @param hosts the names under which the control plane may be called
   */
  HttpHandler endpoint(ControlHosts hosts) {
    return new ExplainEndpoint(explanations, hosts);
  }
}
