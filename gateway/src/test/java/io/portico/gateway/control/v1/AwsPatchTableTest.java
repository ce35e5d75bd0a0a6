package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.patch.PatchTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our tables allow what AWS's does: {@code patch/aws-table.txt} has it, and every difference. */
class AwsPatchTableTest {
  private static final Pattern HEADING = Pattern.compile("## (\\w+)");
  private static final Pattern ROW =
      Pattern.compile("(supported|refused|beyond) \\| ([a-z ]+) \\| (/\\S+)(?: \\| (.+))?");
  private static final Pattern SOURCE =
      Pattern.compile("(recorded|documented|assumed)\\b.*|[A-Z].*, .*");

  private final List<Row> rows = new ArrayList<>();

  /** A row of the file: {@code rest} is our paths, or the source of a difference. */
  private record Row(String operation, String kind, List<String> ops, String path, String rest) {

    /** Its ops at the paths that ours has for it. */
    Set<String> allowed() {
      List<String> paths =
          kind.equals("supported") && !rest.isEmpty()
              ? List.of(rest.split(", ", -1))
              : List.of(path);
      return at(paths);
    }

    Set<String> listed() {
      return at(List.of(path));
    }

    private Set<String> at(List<String> paths) {
      Set<String> found = new LinkedHashSet<>();
      for (String each : paths) {
        for (String op : ops) {
          found.add(operation + " " + op + " " + each);
        }
      }
      return found;
    }
  }

  AwsPatchTableTest() throws IOException {
    String operation = "";
    for (String line : text().lines().toList()) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        operation = heading.group(1);
      } else if (row.matches()) {
        rows.add(
            new Row(
                operation,
                row.group(1),
                List.of(row.group(2).split(" ", -1)),
                row.group(3),
                Objects.requireNonNullElse(row.group(4), "")));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new AssertionError("not understood: " + line);
      }
    }
  }

  private static String text() throws IOException {
    try (InputStream in = AwsPatchTableTest.class.getResourceAsStream("/patch/aws-table.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void allowsWhatAwsDoes() {
    Set<String> expected = new TreeSet<>();
    rows.stream()
        .filter(row -> !row.kind().equals("refused"))
        .forEach(row -> expected.addAll(row.allowed()));
    rows.stream()
        .filter(row -> row.kind().equals("refused"))
        .forEach(row -> expected.removeAll(row.listed()));

    assertThat(ours()).containsExactlyElementsOf(expected);
  }

  @Test
  void everyDifferenceIsOneAndHasASource() {
    Set<String> supported =
        rows.stream()
            .filter(row -> row.kind().equals("supported"))
            .flatMap(row -> row.listed().stream())
            .collect(Collectors.toSet());

    for (Row row : rows) {
      if (row.kind().equals("refused")) {
        assertThat(supported).containsAll(row.listed());
      }
      if (row.kind().equals("beyond")) {
        assertThat(supported).doesNotContainAnyElementsOf(row.listed());
      }
      if (!row.kind().equals("supported")) {
        assertThat(row.rest()).as(row.path()).matches(SOURCE);
      }
    }
  }

  private static Set<String> ours() {
    Set<String> found = new TreeSet<>();
    PatchTables.ALL.forEach(
        (operation, table) -> {
          for (PatchTable.Line line : table.lines()) {
            for (String op : line.ops()) {
              found.add(operation + " " + op + " " + line.path());
            }
          }
        });
    return found;
  }
}
