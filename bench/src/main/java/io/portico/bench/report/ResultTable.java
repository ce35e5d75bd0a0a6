package io.portico.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of one comparison, in Markdown: with ratios to the baselines; without any, with what
 * one core answers.
 */
public final class ResultTable {
  private static final String MISSING = "–";
  private static final long MEGABYTE = 1024 * 1024;
  private static final double MICROS = 1e6;

  private final List<Measured> rows;
  private final List<String> baselines;

  private ResultTable(List<Measured> rows, List<String> baselines) {
    this.rows = rows;
    this.baselines = baselines;
  }

  /**
   * The table.
   *
   * @param baselines names of rows, which need not be there
   */
  public static String markdown(List<Measured> rows, List<String> baselines) {
    ResultTable table = new ResultTable(rows, baselines);
    StringBuilder text = new StringBuilder();
    List<String> heads = table.heads();
    text.append(line(heads)).append("|---".repeat(heads.size())).append("|\n");
    rows.forEach(row -> text.append(line(table.cells(row))));
    return text.toString();
  }

  private List<String> heads() {
    List<String> heads = new ArrayList<>();
    heads.add("gateway");
    heads.add("CPU µs a request, median (best, ± spread)");
    if (baselines.isEmpty()) {
      heads.add("requests a CPU second, median (best, ± spread)");
    }
    baselines.forEach(name -> heads.add("per core beside " + name + " (least–greatest)"));
    heads.add("requests a second, median (best, ± spread)");
    baselines.forEach(name -> heads.add("beside " + name));
    heads.add("core busy");
    heads.add("memory");
    return heads;
  }

  private List<String> cells(Measured row) {
    Series cpu = row.cpuMicros();
    Series rate = row.requestsPerSecond();
    List<String> cells = new ArrayList<>();
    cells.add(row.name() + " " + row.version());
    cells.add(summary(1, cpu, cpu.least()));
    if (baselines.isEmpty()) {
      Series perCpuSecond = cpu.dividing(MICROS);
      cells.add(summary(0, perCpuSecond, perCpuSecond.greatest()));
    }
    // All ratios read "more is better": requests that a µs of CPU buys, and requests a second.
    for (String name : baselines) {
      cells.add(baseline(name).map(base -> range(base.cpuMicros().over(cpu))).orElse(MISSING));
    }
    cells.add(summary(0, rate, rate.greatest()));
    for (String name : baselines) {
      cells.add(
          baseline(name)
              .map(
                  base ->
                      String.format(
                          Locale.ROOT, "%.2f", rate.over(base.requestsPerSecond()).median()))
              .orElse(MISSING));
    }
    cells.add(String.format(Locale.ROOT, "%.0f %%", row.busy().median() * 100));
    cells.add(row.memory() / MEGABYTE + " MB");
    return cells;
  }

  private Optional<Measured> baseline(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private static String summary(int decimals, Series series, double best) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + ", ± %.0f %%)",
        series.median(),
        best,
        series.spread() * 100);
  }

  private static String range(Series ratios) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", ratios.median(), ratios.least(), ratios.greatest());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
