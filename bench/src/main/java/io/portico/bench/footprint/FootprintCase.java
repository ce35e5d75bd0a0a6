package io.portico.bench.footprint;

import io.portico.bench.peer.Workplace;
import io.portico.bench.process.Machine;
import io.portico.bench.report.FigureTable;
import io.portico.bench.report.FigureTable.Figure;
import io.portico.bench.report.PerformancePage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

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
      Machine machine = Machine.here();
      String content =
          FigureTable.markdown(measure(workplace, quick))
              + String.format(
                  Locale.ROOT,
                  "%nMeasured %s on %s (%d cores), %s, %s.%n",
                  LocalDate.now(ZoneOffset.UTC),
                  machine.processor(),
                  machine.cores(),
                  machine.kernel(),
                  machine.jdk());
      System.out.println("\n" + content);
      if (quick) {
        System.out.println("docs/performance.md is left as it is: a quick run");
      } else {
        new PerformancePage(workplace.repository().resolve("docs/performance.md"))
            .replace(name(), content);
        System.out.println("docs/performance.md is written");
      }
    }
  }
}
