package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.peer.Running;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import io.portico.bench.process.CpuTime;
import java.time.Duration;

/**
 * One measured stretch of load on one gateway.
 *
 * @param cpu CPU time of the gateway
 * @param others CPU time that the run's two cores spent on anything but gateway, load and backend
 */
record Window(long requests, Duration elapsed, Duration cpu, Duration others) {

  /** Runs load for {@code length} and reads the kernel's clocks around it. */
  static Window measure(
      Running gateway, Backend backend, Load load, int connections, Duration length) {
    Reading before = Reading.now(gateway, backend);
    Load.Answers answers = load.run(gateway.target(), connections, length);
    Reading after = Reading.now(gateway, backend);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          "%d of %d answers of %s failed"
              .formatted(answers.failed(), answers.complete(), gateway.name()));
    }
    Duration cpu = after.gateway.minus(before.gateway);
    Duration ends = after.ends.minus(before.ends);
    Duration others = after.cores.minus(before.cores).minus(cpu).minus(ends);
    return new Window(answers.complete(), answers.elapsed(), cpu, others);
  }

  double cpuMicrosPerRequest() {
    return cpu.toNanos() / 1e3 / requests;
  }

  double requestsPerSecond() {
    return requests / (elapsed.toNanos() / 1e9);
  }

  /**
   * The share of its core that the gateway used; well below 1 the load was the limit, not the
   * gateway.
   */
  double busy() {
    return (double) cpu.toNanos() / elapsed.toNanos();
  }

  /** What others used, as a share of one core. */
  double disturbance() {
    return (double) others.toNanos() / elapsed.toNanos();
  }

  /** CPU time used so far: of both cores, of the gateway, and of the load's two ends. */
  private record Reading(Duration cores, Duration gateway, Duration ends) {
    static Reading now(Running gateway, Backend backend) {
      return new Reading(
          Cores.used(),
          CpuTime.ofTree(gateway.process().pid()),
          CpuTime.ofTree(backend.pid()).plus(CpuTime.ofEndedChildren()));
    }
  }
}
