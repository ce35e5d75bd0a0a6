package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.peer.Running;
import io.portico.bench.process.BenchFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One measured stretch of load on one gateway.
 *
 * @param cpu CPU time of the gateway
 * @param others CPU time that the run's two cores spent on anything but gateway, load and backend
 */
record Window(String gateway, long requests, Duration elapsed, Duration cpu, Duration others)
    implements Rounds.Counted {

  /** Runs load for {@code length} and reads the kernel's clocks around it. */
  static Window measure(
      Running gateway, Backend backend, Load load, int connections, Duration length) {
    CpuUse before = CpuUse.now(Optional.of(gateway), backend);
    Load.Answers answers = load.run(gateway.target(), connections, length);
    CpuUse used = CpuUse.now(Optional.of(gateway), backend).since(before);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          "%d of %d answers of %s failed"
              .formatted(answers.failed(), answers.complete(), gateway.name()));
    }
    gateway.accessLog().ifPresent(log -> log.take(answers.complete()));
    return new Window(
        gateway.name(), answers.complete(), answers.elapsed(), used.gateway(), used.others());
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

  @Override
  public double disturbance() {
    return (double) others.toNanos() / elapsed.toNanos();
  }

  @Override
  public String words() {
    return String.format(
        Locale.ROOT,
        "%-8s %5.1f µs %,8.0f requests a second, core %.0f %% busy, others %.0f %%",
        gateway,
        cpuMicrosPerRequest(),
        requestsPerSecond(),
        busy() * 100,
        disturbance() * 100);
  }
}
