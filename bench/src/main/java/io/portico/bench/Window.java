package io.portico.bench;

import io.portico.bench.load.Load;
import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.CpuTime;
import java.time.Duration;

/** One measured stretch of load on one gateway. */
record Window(long requests, Duration elapsed, Duration cpu) {

  /** Runs load for {@code length} and reads the gateway's CPU time around it. */
  static Window measure(long pid, Target target, Load load, int connections, Duration length) {
    Duration before = CpuTime.ofTree(pid);
    Load.Answers answers = load.run(target, connections, length);
    Duration after = CpuTime.ofTree(pid);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          answers.failed() + " of " + answers.complete() + " answers of " + target + " failed");
    }
    return new Window(answers.complete(), answers.elapsed(), after.minus(before));
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
}
