package io.portico.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What hosts of Lambda functions carry on two cores that they share with whoever calls them, as a
 * table in Markdown.
 */
public final class LambdaTable {
  private static final String MISSING = "–";
  private static final long MEGABYTE = 1024 * 1024;

  /**
   * What the windows of one host gave; CPU time as shares of one core.
   *
   * @param server the process that takes the calls
   * @param functions the processes it has started
   * @param load whoever calls
   * @param connections at once
   * @param memory bytes that server and functions had resident at most
   */
  public record Host(
      String name,
      String version,
      Series callsPerSecond,
      Series server,
      Series functions,
      Series load,
      int connections,
      long memory) {}

  private LambdaTable() {}

  /**
   * The table.
   *
   * @param baseline name of the host that the ratios are to; it need not be there
   */
  public static String markdown(List<Host> hosts, String baseline) {
    StringBuilder table = new StringBuilder();
    table.append("| host | calls a second, median (best, ± spread) | beside ").append(baseline);
    table.append(" (least–greatest) | CPU of the server | of its functions' processes |");
    table.append(" of the load generator | connections | memory |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    Optional<Host> base = hosts.stream().filter(host -> host.name.equals(baseline)).findFirst();
    hosts.forEach(host -> table.append(row(host, base)));
    return table.toString();
  }

  private static String row(Host host, Optional<Host> base) {
    Series rate = host.callsPerSecond;
    return String.format(
        Locale.ROOT,
        "| %s %s | %,.0f (%,.0f, ± %.0f %%) | %s | %s | %s | %s | %d | %d MB |%n",
        host.name,
        host.version,
        rate.median(),
        rate.greatest(),
        rate.spread() * 100,
        base.map(other -> ratio(rate.over(other.callsPerSecond))).orElse(MISSING),
        share(host.server),
        share(host.functions),
        share(host.load),
        host.connections,
        host.memory / MEGABYTE);
  }

  private static String ratio(Series ratios) {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", ratios.median(), ratios.least(), ratios.greatest());
  }

  private static String share(Series ofOneCore) {
    return String.format(Locale.ROOT, "%.0f %%", ofOneCore.median() * 100);
  }
}
