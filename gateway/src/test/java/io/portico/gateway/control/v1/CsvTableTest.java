package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {

  @Test
  void columnsAreFoundInAnyOrderAndLetterCase() {
    CsvTable table = CsvTable.parse("\uFEFFb, A\r\n1,2\r\n");

    assertThat(table.has("a")).isTrue();
    assertThat(table.has("c")).isFalse();
    assertThat(fields(table, "a")).containsExactly("2");
    assertThat(fields(table, "B")).containsExactly("1");
    assertThat(fields(table, "c")).containsExactly("");
  }

  @Test
  void quotesHoldCommasLineEndsAndQuotes() {
    assertThat(fields(CsvTable.parse("a,b\n\"1,2\",x"), "a")).containsExactly("1,2");
    assertThat(fields(CsvTable.parse("a,b\n'1,2' ,x"), "a")).containsExactly("1,2");
    assertThat(fields(CsvTable.parse("a,b\n \"say \"\"x\"\"\",x"), "a"))
        .containsExactly("say \"x\"");
    assertThat(fields(CsvTable.parse("a,b\n\"1\n2\",x\ny,z"), "a")).containsExactly("1\n2", "y");
  }

  @Test
  void aQuoteThatIsNotClosedIsACharacter() {
    assertThat(fields(CsvTable.parse("a,b\n'tis,x\n'y,z"), "a")).containsExactly("'tis", "'y");
    assertThat(fields(CsvTable.parse("a,b\n\"1,x"), "a")).containsExactly("\"1");
    assertThat(fields(CsvTable.parse("a,b\n\"1\"2,x"), "a")).containsExactly("\"1\"2");
  }

  @Test
  void emptyLinesCountButAreNoRows() {
    CsvTable table = CsvTable.parse("\na\n\n\"1\n2\"\n\n3");

    assertThat(table.rows())
        .containsExactly(new CsvTable.Row(4, List.of("1\n2")), new CsvTable.Row(7, List.of("3")));
  }

  @Test
  void noTextIsATableWithoutColumns() {
    assertThat(CsvTable.parse("").has("a")).isFalse();
    assertThat(CsvTable.parse("").rows()).isEmpty();
  }

  private static List<String> fields(CsvTable table, String column) {
    return table.rows().stream().map(row -> table.field(row, column)).toList();
  }
}
