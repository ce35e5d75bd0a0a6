package io.portico.gateway.control.v1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Comma-separated values under a line of column names, whose letter case and order do not matter.
 * Fields may be quoted (RFC 4180), by single quotes, too; a line without text is left out.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html">API
 *     key file format</a>
 */
final class CsvTable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A line below the names.
   *
   * @param line its number in the text, the first is 1
   */
  record Row(int line, List<String> fields) {}

  private CsvTable() {}

  static CsvTable parse(String text) {
    CsvTable table = new CsvTable();
    Reader reader = new Reader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    boolean named = false;
    while (!reader.atEnd()) {
      Row row = reader.row();
      if (row.fields().size() == 1 && row.fields().getFirst().isEmpty()) {
        continue;
      }
      if (named) {
        table.rows.add(row);
      } else {
        named = true;
        for (int i = 0; i < row.fields().size(); i++) {
          table.columns.putIfAbsent(row.fields().get(i).toLowerCase(Locale.ROOT), i);
        }
      }
    }
    return table;
  }

  /** Whether there is a column of the name, in whatever letter case. */
  boolean has(String column) {
    return columns.containsKey(column.toLowerCase(Locale.ROOT));
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** A row's field in a column; empty where the row or the table has none. */
  String field(Row row, String column) {
    Integer index = columns.get(column.toLowerCase(Locale.ROOT));
    return index == null || index >= row.fields().size() ? "" : row.fields().get(index);
  }

  /** Goes through a text once. */
  private static final class Reader {
    private final String text;
    private int at;
    private int line = 1;

    Reader(String text) {
      this.text = text;
    }

    boolean atEnd() {
      return at >= text.length();
    }

    /** The fields up to the end of the line, which is passed. */
    Row row() {
      int first = line;
      List<String> fields = new ArrayList<>();
      fields.add(field());
      while (!atEnd() && text.charAt(at) == ',') {
        at++;
        fields.add(field());
      }
      passLineEnd();
      return new Row(first, fields);
    }

    private void passLineEnd() {
      if (!atEnd() && text.charAt(at) == '\r') {
        at++;
      }
      if (!atEnd() && text.charAt(at) == '\n') {
        at++;
      }
      line++;
    }

    /** A field up to its comma or line end, which is not passed. */
    private String field() {
      while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      char quote = atEnd() ? ',' : text.charAt(at);
      int end = quote == '"' || quote == '\'' ? closing(quote) : -1;
      if (end < 0) {
        return plain();
      }
      String quoted = text.substring(at + 1, end);
      line += (int) quoted.chars().filter(character -> character == '\n').count();
      at = end + 1;
      plain();
      String once = String.valueOf(quote);
      return quoted.replace(once + once, once);
    }

    /** Where the quote that opens here is closed, before a comma or a line end; -1 if nowhere. */
    private int closing(char quote) {
      int end = at + 1;
      while (end < text.length()) {
        if (text.charAt(end) != quote) {
          // A single quote may be an apostrophe: only what is closed in its line is quoted by it.
          if (quote == '\'' && isLineEnd(end)) {
            return -1;
          }
          end++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end += 2;
        } else {
          return endsField(end + 1) ? end : -1;
        }
      }
      return -1;
    }

    private boolean endsField(int index) {
      int next = index;
      while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
        next++;
      }
      return next >= text.length() || text.charAt(next) == ',' || isLineEnd(next);
    }

    private boolean isLineEnd(int index) {
      return text.charAt(index) == '\n' || text.charAt(index) == '\r';
    }

    private String plain() {
      int start = at;
      while (!atEnd() && text.charAt(at) != ',' && !isLineEnd(at)) {
        at++;
      }
      return text.substring(start, at).strip();
    }
  }
}
