package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.peer.Running;
import io.portico.bench.process.Cores;
import io.portico.bench.process.CpuTime;
import java.time.Duration;
import java.util.Optional;

/** CPU time used: of the run's two cores, of the gateway measured, and of the load's two ends. */
record CpuUse(Duration cores, Duration gateway, Duration ends) {

  /** So far; without a gateway where the load goes to the backend directly. */
  static CpuUse now(Optional<Running> gateway, Backend backend) {
    return new CpuUse(
        Cores.used(),
        ofGateway(gateway),
        CpuTime.ofTree(backend.pid()).plus(CpuTime.ofEndedChildren()));
  }

  /** So far, where the load has no end of its own that goes on. */
  static CpuUse now(Optional<Running> gateway) {
    return new CpuUse(Cores.used(), ofGateway(gateway), CpuTime.ofEndedChildren());
  }

  private static Duration ofGateway(Optional<Running> gateway) {
    return gateway.map(running -> CpuTime.ofTree(running.process().pid())).orElse(Duration.ZERO);
  }

  CpuUse since(CpuUse before) {
    return new CpuUse(
        cores.minus(before.cores), gateway.minus(before.gateway), ends.minus(before.ends));
  }

  /** What the cores spent on anything else. */
  Duration others() {
    return cores.minus(gateway).minus(ends);
  }
}
