package io.portico.bench.report;

import java.util.List;
import java.util.Locale;

/** How long answers take on several ways to the same backend, as a table in Markdown. */
public final class LatencyTable {

  /** Milliseconds of one way, one value a window. */
  public record Way(String name, Series p50, Series p99, Series p999) {}

  private LatencyTable() {}

  /**
   * The table.
   *
   * @param direct without a gateway: what the others add is added to this
   */
  public static String markdown(Way direct, List<Way> others) {
    StringBuilder table = new StringBuilder();
    table.append("| way | p50 | p99 | p99.9 | p50 added (least–greatest) |");
    table.append(" p99 added (least–greatest) | p99.9 added (least–greatest) |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    table.append(measured(direct)).append(" – | – | – |\n");
    for (Way way : others) {
      table
          .append(measured(way))
          .append(added(way.p50, direct.p50))
          .append(added(way.p99, direct.p99))
          .append(added(way.p999, direct.p999))
          .append("\n");
    }
    return table.toString();
  }

  private static String measured(Way way) {
    return String.format(
        Locale.ROOT,
        "| %s | %.3f ms | %.3f ms | %.3f ms |",
        way.name,
        way.p50.median(),
        way.p99.median(),
        way.p999.median());
  }

  private static String added(Series through, Series directly) {
    Series added = through.minus(directly);
    return String.format(
        Locale.ROOT, " %.3f ms (%.3f–%.3f) |", added.median(), added.least(), added.greatest());
  }
}
