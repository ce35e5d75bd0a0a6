package io.portico.bench;

import io.portico.bench.load.Backend;
import io.portico.bench.load.Load;
import io.portico.bench.load.Traffic;
import io.portico.bench.peer.Peer;
import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Machine;
import io.portico.bench.report.Measured;
import io.portico.bench.report.PerformancePage;
import io.portico.bench.report.ResultTable;
import io.portico.bench.report.Series;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures one {@link Comparison} and writes its table.
 *
 * <p>All gateways are up at once on the same core and are measured in turns, round after round, so
 * that each ratio compares two windows that met the same state of the machine.
 */
final class ComparisonRun {
  private final Comparison comparison;

  ComparisonRun(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * Measures, and writes the section.
   *
   * @param quick whether less must do; then nothing is written
   */
  void run(boolean quick) {
    try (Workplace workplace = Workplace.temporary()) {
      if (!workplace.cores().separable()) {
        throw new BenchFailure(workplace.cores().obstacle());
      }
      run(workplace, quick);
    }
  }

  private void run(Workplace workplace, boolean quick) {
    Traffic traffic = comparison.traffic();
    Load load = traffic.load(workplace.cores(), workplace.folder());
    List<Running> gateways = new ArrayList<>();
    try (Backend backend =
        Backend.start(traffic.backend(), workplace.cores(), workplace.folder())) {
      for (Peer peer : comparison.gateways()) {
        peer.missing()
            .ifPresentOrElse(
                reason -> progress("left out: " + reason),
                () -> gateways.add(started(peer, workplace, backend)));
      }
      Rounds rounds =
          new Rounds(
              quick ? Math.min(4, comparison.rounds()) : comparison.rounds(),
              Duration.ofSeconds(quick ? 3 : 5),
              traffic.connections(),
              ComparisonRun::progress);
      rounds.warmUp(
          quick ? Math.min(4, comparison.warmUp()) : comparison.warmUp(), gateways, backend, load);
      rounds.measure(gateways, backend, load);
      report(workplace, load, gateways, rounds, quick);
    } finally {
      gateways.forEach(Running::close);
    }
  }

  private Running started(Peer peer, Workplace workplace, Backend backend) {
    Running gateway = peer.start(workplace, backend.port());
    comparison.traffic().check(gateway.target());
    progress(gateway.name() + " " + gateway.version() + " is up");
    return gateway;
  }

  private static Measured measured(Running gateway, List<Window> windows) {
    return new Measured(
        gateway.name(),
        gateway.version(),
        series(windows, Window::cpuMicrosPerRequest),
        series(windows, Window::requestsPerSecond),
        series(windows, Window::busy),
        gateway.greatestMemory());
  }

  private static Series series(List<Window> windows, ToDoubleFunction<Window> quantity) {
    return new Series(windows.stream().map(quantity::applyAsDouble).toList());
  }

  private void report(
      Workplace workplace, Load load, List<Running> gateways, Rounds rounds, boolean quick) {
    if (rounds.size() == 0) {
      throw new BenchFailure("the machine is too busy: no round was free of other work");
    }
    List<Measured> rows =
        IntStream.range(0, gateways.size())
            .mapToObj(i -> measured(gateways.get(i), rounds.of(i)))
            .toList();
    String table = ResultTable.markdown(rows, comparison.baseline());
    String circumstances = circumstances(load, rounds);
    progress("");
    progress(table + "\n" + circumstances);
    Optional<String> obstacle = obstacle(rows, rounds, quick);
    if (obstacle.isPresent()) {
      progress("docs/performance.md is left as it is: " + obstacle.get());
      return;
    }
    new PerformancePage(workplace.repository().resolve("docs/performance.md"))
        .replace(comparison.name(), table + "\n" + circumstances);
    progress("docs/performance.md is written");
  }

  /** Why these numbers are not worth keeping, if they are not. */
  private Optional<String> obstacle(List<Measured> rows, Rounds rounds, boolean quick) {
    if (quick) {
      return Optional.of("a quick run");
    }
    String baseline = comparison.baseline();
    if (rows.stream().noneMatch(row -> row.name().equals(baseline))) {
      return Optional.of("nothing to compare with, as " + baseline + " was not measured");
    }
    return rounds.complete()
        ? Optional.empty()
        : Optional.of("only " + rounds.size() + " rounds were free of other work");
  }

  private String circumstances(Load load, Rounds rounds) {
    Machine machine = Machine.here();
    return String.format(
        Locale.ROOT,
        "Measured %s on %s (%d cores), %s, %s. %d rounds (%d more not counted,"
            + " as something else used the cores); %s by %s; gateway on one core,"
            + " load generator and backend on another.%n",
        LocalDate.now(ZoneOffset.UTC),
        machine.processor(),
        machine.cores(),
        machine.kernel(),
        machine.jdk(),
        rounds.size(),
        rounds.discarded(),
        comparison.traffic().words(),
        load.name());
  }

  private static void progress(String line) {
    System.out.println(line);
  }
}
