package io.portico.conformance.patch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One op of one path of {@code docs/patch-operations.md}.
 *
 * @param path with names in braces
 */
record DocumentedOp(String operation, String op, String path) {
  static final List<String> OPS = List.of("add", "remove", "replace", "move", "copy", "test");

  private static final Path FILE =
      Path.of(System.getProperty("portico.repository", ".."), "docs", "patch-operations.md");
  private static final Pattern ROW = Pattern.compile("\\| `(/.*?)` \\| (\\w+(?:, \\w+)*) \\|.*");

  static List<DocumentedOp> all() {
    List<DocumentedOp> found = new ArrayList<>();
    String operation = "";
    try {
      for (String line : Files.readAllLines(FILE)) {
        Matcher row = ROW.matcher(line);
        if (line.startsWith("## ")) {
          operation = line.substring(3).strip();
        } else if (row.matches()) {
          for (String op : row.group(2).split(", ", -1)) {
            found.add(new DocumentedOp(operation, op, row.group(1)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
