package io.portico.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of one case, in Markdown, as ratios to the baseline where it was measured. */
public final class ResultTable {
  private static final String MISSING = "–";
  private static final long MEGABYTE = 1024 * 1024;

  private ResultTable() {}

  public static String markdown(List<Measured> rows, String baselineName) {
    Optional<Measured> baseline =
        rows.stream().filter(row -> row.name().equals(baselineName)).findFirst();
    StringBuilder table = new StringBuilder();
    table.append("| gateway | CPU µs a request, median (best, ± spread) | per core beside ");
    table
        .append(baselineName)
        .append(" (least–greatest) | requests a second, median (best, ± spread) | beside ");
    table.append(baselineName).append(" | core busy | memory |\n|---|---|---|---|---|---|---|\n");
    rows.forEach(row -> table.append(line(row, baseline)));
    return table.toString();
  }

  private static String line(Measured row, Optional<Measured> baseline) {
    Series cpu = row.cpuMicros();
    Series rate = row.requestsPerSecond();
    // Both ratios read "more is better": requests that a µs of CPU buys, and requests a second.
    String perCore = baseline.map(base -> ratio(base.cpuMicros().over(cpu), true)).orElse(MISSING);
    String perSecond =
        baseline.map(base -> ratio(rate.over(base.requestsPerSecond()), false)).orElse(MISSING);
    return String.format(
        Locale.ROOT,
        "| %s %s | %,.1f (%,.1f, ± %.0f %%) | %s | %,.0f (%,.0f, ± %.0f %%) | %s | %.0f %% | %d MB |%n",
        row.name(),
        row.version(),
        cpu.median(),
        cpu.least(),
        cpu.spread() * 100,
        perCore,
        rate.median(),
        rate.greatest(),
        rate.spread() * 100,
        perSecond,
        row.busy().median() * 100,
        row.memory() / MEGABYTE);
  }

  private static String ratio(Series ratios, boolean withRange) {
    String median = String.format(Locale.ROOT, "%.2f", ratios.median());
    return withRange
        ? median + String.format(Locale.ROOT, " (%.2f–%.2f)", ratios.least(), ratios.greatest())
        : median;
  }
}
