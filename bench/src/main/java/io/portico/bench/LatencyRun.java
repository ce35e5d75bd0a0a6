package io.portico.bench;

import io.portico.bench.load.Latencies;
import io.portico.bench.load.PacedLoad;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Target;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Machine;
import io.portico.bench.report.LatencyTable;
import io.portico.bench.report.LatencyTable.Way;
import io.portico.bench.report.PerformancePage;
import io.portico.bench.report.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Measures how much later answers come through the gateways of a {@link Comparison} than from their
 * backend, at a rate that leaves each gateway room: half of what the slowest of them can do. All
 * meet the same rate, as latency depends on it.
 */
final class LatencyRun {
  private static final int ROUNDS_TO_SATURATE = 3;
  private static final double NANOS_A_MILLI = 1e6;

  /** Below this share of the rate, requests were not sent when they should have been. */
  private static final double LEAST_PACE = 0.99;

  private final Comparison<Requests> comparison;

  LatencyRun(Comparison<Requests> comparison) {
    this.comparison = comparison;
  }

  /** Where the load goes: through a gateway, or to the backend itself. */
  private record Path(String name, Target target, Optional<Running> gateway) {}

  /** One stretch of paced load. */
  private record PacedWindow(String name, Latencies latencies, double disturbance)
      implements Rounds.Counted {
    @Override
    public String words() {
      return String.format(
          Locale.ROOT,
          "%-8s p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, others %.0f %%",
          name,
          latencies.p50() / NANOS_A_MILLI,
          latencies.p99() / NANOS_A_MILLI,
          latencies.p999() / NANOS_A_MILLI,
          disturbance * 100);
    }
  }

  /**
   * Measures, and writes the section.
   *
   * @param quick whether less must do; then nothing is written
   */
  void run(boolean quick) {
    try (Workplace workplace = Workplace.temporary();
        Lineup lineup = Lineup.start(workplace, comparison, quick)) {
      int rate = halfOfTheSlowest(lineup);
      System.out.printf(Locale.ROOT, "paced at %,d requests a second%n", rate);
      List<Path> paths = paths(lineup);
      PacedLoad load = comparison.traffic().paced(workplace.cores(), workplace.folder());
      Rounds<Path, PacedWindow> rounds =
          new Rounds<>(
              lineup.wanted(), path -> window(lineup, load, path, rate), System.out::println);
      rounds.warmUp(1, paths);
      rounds.measure(paths);
      if (rounds.size() == 0) {
        throw Lineup.tooBusy();
      }
      List<Way> ways =
          IntStream.range(0, paths.size()).mapToObj(i -> way(paths.get(i), rounds.of(i))).toList();
      String content =
          LatencyTable.markdown(ways.getFirst(), ways.subList(1, ways.size()))
              + "\n"
              + circumstances(rounds, rate);
      PerformancePage.of(workplace.repository())
          .publish(comparison.name(), content, comparison.obstacle(lineup, rounds, quick));
    }
  }

  private static int halfOfTheSlowest(Lineup lineup) {
    Rounds<Running, Window> rounds = lineup.saturate(ROUNDS_TO_SATURATE);
    double slowest =
        IntStream.range(0, lineup.gateways().size())
            .mapToObj(rounds::of)
            .map(windows -> windows.stream().map(Window::requestsPerSecond).toList())
            .mapToDouble(rates -> new Series(rates).median())
            .min()
            .orElseThrow();
    return (int) Math.round(slowest / 2);
  }

  private static List<Path> paths(Lineup lineup) {
    List<Path> paths = new ArrayList<>();
    paths.add(new Path("directly", Target.at(lineup.backend().port()), Optional.empty()));
    lineup
        .gateways()
        .forEach(
            gateway ->
                paths.add(
                    new Path(
                        gateway.name() + " " + gateway.version(),
                        gateway.target(),
                        Optional.of(gateway))));
    return paths;
  }

  private PacedWindow window(Lineup lineup, PacedLoad load, Path path, int rate) {
    Duration length = lineup.length();
    CpuUse before = CpuUse.now(path.gateway, lineup.backend());
    Latencies latencies = load.run(path.target, comparison.traffic().connections(), rate, length);
    CpuUse used = CpuUse.now(path.gateway, lineup.backend()).since(before);
    double asked = rate * (double) length.toSeconds();
    if (latencies.failed() > 0 || latencies.answers() < asked * LEAST_PACE) {
      throw new BenchFailure(
          "%s: %d answers and %d failures of %.0f requests"
              .formatted(path.name, latencies.answers(), latencies.failed(), asked));
    }
    return new PacedWindow(
        path.name, latencies, (double) used.others().toNanos() / length.toNanos());
  }

  private static Way way(Path path, List<PacedWindow> windows) {
    return new Way(
        path.name,
        millis(windows, Latencies::p50),
        millis(windows, Latencies::p99),
        millis(windows, Latencies::p999));
  }

  private static Series millis(List<PacedWindow> windows, ToLongFunction<Latencies> nanos) {
    return new Series(
        windows.stream()
            .map(window -> nanos.applyAsLong(window.latencies) / NANOS_A_MILLI)
            .toList());
  }

  private String circumstances(Rounds<Path, PacedWindow> rounds, int rate) {
    return String.format(
        Locale.ROOT,
        "%s %d rounds (%d more not counted, as something else used the cores) of %,d requests a"
            + " second on %s; gateway on one core, load generator and backend on another.%n",
        Machine.here().measured(),
        rounds.size(),
        rounds.discarded(),
        rate,
        comparison.traffic().words());
  }
}
