package io.portico.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table in Markdown, read again.
 *
 * @param heads of its columns
 * @param rows cells, the first of which names the row
 */
record MarkdownTable(List<String> heads, List<List<String>> rows) {
  private static final Pattern BETWEEN_CELLS = Pattern.compile("\\|");
  private static final Pattern BETWEEN_TABLES = Pattern.compile("(?m)^(?!\\|).*\\R?");

  /** The tables of {@code text}, in its order. */
  static List<MarkdownTable> all(String text) {
    List<MarkdownTable> tables = new ArrayList<>();
    for (String table : BETWEEN_TABLES.split(text, -1)) {
      List<List<String>> lines = table.lines().map(MarkdownTable::cells).toList();
      if (!lines.isEmpty()) {
        tables.add(new MarkdownTable(lines.getFirst(), lines.stream().skip(2).toList()));
      }
    }
    return tables;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(BETWEEN_CELLS.split(line)).skip(1).map(String::strip).toList();
  }

  /** The cell of the first row that is named so, in the first column whose head begins so. */
  Optional<String> cell(Pattern row, String column) {
    return rows.stream()
        .filter(cells -> row.matcher(cells.getFirst()).matches())
        .findFirst()
        .flatMap(cells -> column(column).map(cells::get));
  }

  private Optional<Integer> column(String head) {
    return IntStream.range(0, heads.size())
        .filter(i -> heads.get(i).startsWith(head))
        .boxed()
        .findFirst();
  }
}
