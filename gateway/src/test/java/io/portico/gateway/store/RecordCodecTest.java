package io.portico.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class RecordCodecTest {
  private record Kept(
      String name, @Nullable Integer count, @Nullable List<Kept> parts, Map<String, String> tags) {
    Kept {
      if (name.equals("refused")) {
        throw new IllegalArgumentException("refused by its record");
      }
      if (name.equals("broken")) {
        throw new AssertionError("a bug");
      }
    }
  }

  @Test
  void aTreeAndItsRecordAreTheSame() {
    Kept part = new Kept("part", null, null, Map.of());
    Kept whole = new Kept("whole", 7, List.of(part), Map.of("a", "b"));

    assertThat(RecordCodec.record(RecordCodec.tree(whole), Kept.class)).isEqualTo(whole);
  }

  @Test
  void aRecordIsReadHoweverLongItsNamesAre() {
    RecordCodec codec = new RecordCodec();
    Kept kept = new Kept("kept", null, null, Map.of("k".repeat(1 << 20), "v"));

    assertThat(codec.read(new RecordType<>("kept", Kept.class), codec.write(kept))).isEqualTo(kept);
  }

  @Test
  void whatIsUnknownIsIgnoredAndWhatIsAbsentIsNothing() {
    ObjectNode tree = Json.object().put("name", "old").put("ofANewerPortico", 1);

    Kept kept = RecordCodec.record(tree, Kept.class);

    assertThat(kept.name()).isEqualTo("old");
    assertThat(kept.count()).isNull();
  }

  @Test
  void whatARecordRefusesIsNoRecord() {
    ObjectNode tree = Json.object().put("name", "refused");

    assertThatThrownBy(() -> RecordCodec.record(tree, Kept.class))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("refused by its record");
  }

  @Test
  void anErrorOfARecordStaysOne() {
    ObjectNode tree = Json.object().put("name", "broken");

    assertThatThrownBy(() -> RecordCodec.record(tree, Kept.class))
        .isInstanceOf(AssertionError.class)
        .hasMessage("a bug");
  }
}
