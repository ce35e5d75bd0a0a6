package io.portico.gateway.control.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PatchTableTest {
  private static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace remove", "/name", "any text", PatchEdits.text("name"))
          .row("add", "/labels/{key}", "any text", PatchEdits.textEntry("labels", "no such label"))
          .row(
              "replace remove",
              "/labels/{key}",
              "any text",
              PatchEdits.textEntry("labels", "no such label"))
          .row("add remove", "/tags", "a tag", PatchEdits.listValue("tags"))
          .build();

  private final ObjectNode record = Json.object().put("name", "one");

  @Test
  void aNameNoDocumentCouldHaveIsAnotherPath() {
    String path = "/labels/" + "k".repeat(Json.MAX_NAME + 1);

    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("add", path, "a"))))
        .hasMessage("Invalid patch path " + path);
  }

  @Test
  void makesChangesInTheOrderSent() {
    ObjectNode changed =
        TABLE.apply(
            record,
            List.of(
                operation("replace", "/name", "two"),
                operation("replace", "/name", "three"),
                operation("add", "/tags", "b"),
                operation("add", "/tags", "a")));

    assertThat(changed).isEqualTo(Json.parse("{\"name\": \"three\", \"tags\": [\"b\", \"a\"]}"));
  }

  @Test
  void leavesTheRecordAloneWhenAChangeIsRefused() {
    assertThatThrownBy(
            () ->
                TABLE.apply(
                    record,
                    List.of(operation("replace", "/name", "two"), operation("remove", "/x", null))))
        .hasMessage("Invalid patch path /x");

    assertThat(record).isEqualTo(Json.parse("{\"name\": \"one\"}"));
  }

  @Test
  void changesAListOfAnyLengthThatIsAllowed() {
    ArrayNode tags = record.putArray("tags");
    for (int i = 0; i < PatchEdits.LONGEST_LIST; i++) {
      tags.add("t" + i);
    }

    ObjectNode changed = TABLE.apply(record, List.of(operation("remove", "/tags", "t0")));

    assertThat(changed.get("tags")).hasSize(PatchEdits.LONGEST_LIST - 1);
  }

  @Test
  void refusesToSearchALongerList() {
    ArrayNode tags = record.putArray("tags");
    for (int i = 0; i <= PatchEdits.LONGEST_LIST; i++) {
      tags.add("t" + i);
    }

    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("add", "/tags", "x"))))
        .hasMessage("A list of more than 10000 values cannot be patched");
  }

  @Test
  void unescapesNames() {
    ObjectNode changed = TABLE.apply(record, List.of(operation("add", "/labels/a~1b~0c~01", "x")));

    assertThat(changed.get("labels")).isEqualTo(Json.parse("{\"a/b~c~1\": \"x\"}"));
  }

  @Test
  void anUnescapedSlashMakesAnotherPath() {
    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("add", "/labels/a/b", "x"))))
        .hasMessage("Invalid patch path /labels/a/b");
  }

  @Test
  void refusesPathsThatAreNone() {
    for (String path : List.of("", "name", "/", "/labels/", "/labels", "//name")) {
      assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("replace", path, "x"))))
          .hasMessage("Invalid patch path " + path);
    }
    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("replace", null, "x"))))
        .hasMessage("Invalid patch path null");
  }

  @Test
  void refusesOpsThatThePathDoesNotAllow() {
    for (String op : new @Nullable String[] {"add", "move", "test", "copy", null}) {
      assertThatThrownBy(() -> TABLE.apply(record, List.of(operation(op, "/name", "x"))))
          .hasMessage("Invalid patch operation specified. Must be one of: [replace, remove]");
    }
  }

  @Test
  void replacesAndRemovesOnlyEntriesThatAreThere() {
    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("remove", "/labels/a", null))))
        .hasMessage("no such label");
    assertThatThrownBy(() -> TABLE.apply(record, List.of(operation("replace", "/labels/a", "x"))))
        .hasMessage("no such label");
  }

  @Test
  void dropsAMapWithItsLastEntry() {
    ObjectNode changed =
        TABLE.apply(
            record,
            List.of(operation("add", "/labels/a", "x"), operation("remove", "/labels/a", null)));

    assertThat(changed).isEqualTo(record);
  }

  private static PatchOperation operation(
      @Nullable String op, @Nullable String path, @Nullable String value) {
    return new PatchOperation(op, path, value, null);
  }
}
