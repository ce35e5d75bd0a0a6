package io.portico.bench;

import io.portico.bench.peer.Running;
import io.portico.bench.peer.Workplace;
import io.portico.bench.process.Machine;
import io.portico.bench.report.Measured;
import io.portico.bench.report.PerformancePage;
import io.portico.bench.report.ResultTable;
import io.portico.bench.report.Series;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures what the gateways of one {@link Comparison} cost at full load, and writes its table.
 *
 * <p>All gateways are up at once on the same core and are measured in turns, round after round, so
 * that each ratio compares two windows that met the same state of the machine.
 */
final class ComparisonRun {
  private final Comparison<?> comparison;

  ComparisonRun(Comparison<?> comparison) {
    this.comparison = comparison;
  }

  /**
   * Measures, and writes the section.
   *
   * @param quick whether less must do; then nothing is written
   */
  void run(boolean quick) {
    try (Workplace workplace = Workplace.temporary();
        Lineup lineup = Lineup.start(workplace, comparison, quick)) {
      Rounds<Running, Window> rounds = lineup.saturate(lineup.wanted());
      List<Measured> rows =
          IntStream.range(0, lineup.gateways().size())
              .mapToObj(i -> measured(lineup.gateways().get(i), rounds.of(i)))
              .toList();
      String content =
          ResultTable.markdown(rows, comparison.baselines()) + "\n" + circumstances(lineup, rounds);
      PerformancePage.of(workplace.repository())
          .publish(comparison.name(), content, comparison.obstacle(lineup, rounds, quick));
    }
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

  private String circumstances(Lineup lineup, Rounds<Running, Window> rounds) {
    return String.format(
        Locale.ROOT,
        "%s %d rounds (%d more not counted, as something else used the cores); %s by %s;"
            + " gateway on one core, load generator and backend on another.%n",
        Machine.here().measured(),
        rounds.size(),
        rounds.discarded(),
        comparison.traffic().words(),
        lineup.load().name());
  }
}
