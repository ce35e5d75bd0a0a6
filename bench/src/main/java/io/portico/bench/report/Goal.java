package io.portico.bench.report;

import io.portico.bench.process.BenchFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one figure of a section's tables should be.
 *
 * @param what the figure is, in Markdown
 * @param row pattern of the first cell of its row
 * @param column how the head of its column begins
 * @param rate how the head of the column begins that has the same by requests a second, to be shown
 *     beside it; empty where there is none
 * @param target sign, number and the unit that the cell has, like {@code ≤ 500 ms}
 */
record Goal(String what, String section, String row, String column, String rate, String target) {
  private static final Pattern FIGURE =
      Pattern.compile("(?<sign>[≤≥] )?(?<number>-?[0-9][0-9,.]*)(?<unit> [A-Za-z]+)?.*");
  private static final String MISSING = "–";

  /** Its row of the table of targets. */
  String row(String page) {
    List<MarkdownTable> tables = MarkdownTable.all(PerformancePage.section(page, section));
    Optional<String> cell = cell(tables, column);
    return String.format(
        Locale.ROOT,
        "| [%s](#%s) | %s | %s | %s | %s |%n",
        what,
        PerformancePage.anchor(page, section),
        target,
        cell.orElse("not measured"),
        rate.isEmpty() ? MISSING : cell(tables, rate).orElse(MISSING),
        cell.map(measured -> met(measured) ? "yes" : "no").orElse(MISSING));
  }

  /** In the first of the tables that has it. */
  private Optional<String> cell(List<MarkdownTable> tables, String head) {
    Pattern named = Pattern.compile(row);
    return tables.stream().flatMap(table -> table.cell(named, head).stream()).findFirst();
  }

  private boolean met(String cell) {
    Matcher wanted = figure(target);
    Matcher measured = figure(cell);
    if (!String.valueOf(wanted.group("unit")).equals(String.valueOf(measured.group("unit")))) {
      throw new BenchFailure(what + ": '" + cell + "' is not in the unit of '" + target + "'");
    }
    int difference = Double.compare(number(measured), number(wanted));
    return wanted.group("sign").startsWith("≤") ? difference <= 0 : difference >= 0;
  }

  private static Matcher figure(String text) {
    Matcher figure = FIGURE.matcher(text);
    if (!figure.matches()) {
      throw new BenchFailure("'" + text + "' has no figure");
    }
    return figure;
  }

  private static double number(Matcher figure) {
    return Double.parseDouble(figure.group("number").replace(",", ""));
  }
}
