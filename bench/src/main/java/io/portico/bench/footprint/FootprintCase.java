package io.portico.bench.footprint;

import io.portico.bench.peer.Workplace;
import io.portico.bench.process.Machine;
import io.portico.bench.report.FigureTable;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.PerformancePage;
import java.util.List;
import java.util.Optional;

/** A case whose result are single figures rather than a comparison. */
public abstract class FootprintCase {

  /** As the command line and the section of {@code docs/performance.md} call it. */
  public abstract String name();

  /** Measures in a place of its own. */
  protected abstract List<Figure> measure(Workplace workplace, boolean quick);

  /**
   * Measures, and writes the section.
   *
   * @param quick whether less must do; then nothing is written
   */
  public final void run(boolean quick) {
    try (Workplace workplace = Workplace.temporary()) {
      String content =
          FigureTable.markdown(measure(workplace, quick)) + "\n" + Machine.here().measured() + "\n";
      PerformancePage.of(workplace.repository())
          .publish(name(), content, quick ? Optional.of("a quick run") : Optional.empty());
    }
  }
}
