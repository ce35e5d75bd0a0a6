package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.patch.PatchTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/patch-operations.md} says what the tables say. {@code -Dportico.docs=write} writes
 * it.
 */
class PatchDocumentationTest {
  private static final Path FILE = Path.of("../docs/patch-operations.md");

  @Test
  void documentsEveryPath() throws IOException {
    String documentation = documentation();
    if ("write".equals(System.getProperty("portico.docs"))) {
      Files.writeString(FILE, documentation);
    }

    assertThat(Files.readString(FILE)).isEqualTo(documentation);
  }

  private static String documentation() {
    StringBuilder text =
        new StringBuilder(
            """
            # Patch operations

            What the Update operations of API Gateway v1 can change. The changes of a call are made in the
            order sent; if one is refused, nothing has changed. Names in braces stand for any one segment of
            a path, in which a slash is written `~1` and a tilde `~0`; one with a plus for one segment or more.

            This page is written from the tables in the code: `mvn -pl gateway test
            -Dtest=PatchDocumentationTest -Dportico.docs=write`. What each row does is tested with an AWS client:
            `conformance/src/test/resources/patch/operations.txt` has a line for every op of every path.
            """);
    PatchTables.ALL.forEach(
        (operation, table) -> {
          text.append("\n## ").append(operation).append("\n\n");
          text.append("| path | op | value |\n|---|---|---|\n");
          for (PatchTable.Line line : table.lines()) {
            text.append("| `")
                .append(line.path())
                .append("` | ")
                .append(String.join(", ", line.ops()))
                .append(" | ")
                .append(line.value().replace("<", "\\<"))
                .append(" |\n");
          }
        });
    return text.toString();
  }
}
