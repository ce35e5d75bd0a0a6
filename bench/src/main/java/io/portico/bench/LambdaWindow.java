package io.portico.bench;

import io.portico.bench.load.Load;
import io.portico.bench.peer.Running;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import io.portico.bench.process.CpuTime;
import java.time.Duration;
import java.util.Locale;

/**
 * One measured stretch of load on one host of functions, with both cores for all.
 *
 * @param used CPU time of each
 */
record LambdaWindow(String host, long calls, Duration elapsed, Used used)
    implements Rounds.Counted {

  /**
   * CPU time.
   *
   * @param cores of the run, whoever used them
   * @param server of the process that takes the calls
   * @param functions of the processes it has started
   * @param load of whoever calls
   */
  record Used(Duration cores, Duration server, Duration functions, Duration load) {

    static Used now(Running host) {
      long pid = host.process().pid();
      Duration server = CpuTime.of(pid);
      return new Used(
          Cores.used(), server, CpuTime.ofTree(pid).minus(server), CpuTime.ofEndedChildren());
    }

    Used since(Used before) {
      return new Used(
          cores.minus(before.cores),
          server.minus(before.server),
          functions.minus(before.functions),
          load.minus(before.load));
    }

    /** What the cores spent on anything else. */
    Duration others() {
      return cores.minus(server).minus(functions).minus(load);
    }
  }

  /** Runs load for {@code length} and reads the kernel's clocks around it. */
  static LambdaWindow measure(Running host, Load load, int connections, Duration length) {
    Used before = Used.now(host);
    Load.Answers answers = load.run(host.target(), connections, length);
    Used used = Used.now(host).since(before);
    if (answers.failed() > 0 || answers.complete() == 0) {
      throw new BenchFailure(
          "%d of %d answers of %s failed"
              .formatted(answers.failed(), answers.complete(), host.name()));
    }
    return new LambdaWindow(host.name(), answers.complete(), answers.elapsed(), used);
  }

  double callsPerSecond() {
    return calls / (elapsed.toNanos() / 1e9);
  }

  double serverShare() {
    return share(used.server);
  }

  double functionsShare() {
    return share(used.functions);
  }

  double loadShare() {
    return share(used.load);
  }

  @Override
  public double disturbance() {
    return share(used.others());
  }

  private double share(Duration cpu) {
    return (double) cpu.toNanos() / elapsed.toNanos();
  }

  @Override
  public String words() {
    return String.format(
        Locale.ROOT,
        "%-18s %,6.0f calls a second, server %.0f %%, functions %.0f %%, load %.0f %%, others %.0f %%",
        host,
        callsPerSecond(),
        serverShare() * 100,
        functionsShare() * 100,
        loadShare() * 100,
        disturbance() * 100);
  }
}
