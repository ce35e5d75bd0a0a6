package io.portico.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PersistentTableTest {
  private static final long SEED = Long.getLong("portico.seed", System.nanoTime());

  @Test
  void holdsWhatAMapHoldsAfterManyChanges() {
    Random random = new Random(SEED);
    Map<String, Integer> model = new HashMap<>();
    PersistentTable<Integer> table = PersistentTable.empty();
    for (int i = 0; i < 20_000; i++) {
      String key = "key" + random.nextInt(3_000);
      if (random.nextInt(3) == 0) {
        model.remove(key);
        table = table.without(key);
      } else {
        model.put(key, i);
        table = table.with(key, i);
      }
    }

    for (int i = 0; i < 3_000; i++) {
      assertThat(table.get("key" + i))
          .as("-Dportico.seed=%d", SEED)
          .isEqualTo(model.get("key" + i));
    }
    assertThat(table.values()).containsExactlyInAnyOrderElementsOf(model.values());
    assertThat(table)
        .isEqualTo(PersistentTable.of(model))
        .hasSameHashCodeAs(PersistentTable.of(model));
  }

  @Test
  void aChangeLeavesTheTableItWasMadeFrom() {
    PersistentTable<Integer> before = PersistentTable.of(Map.of("a", 1, "b", 2));

    PersistentTable<Integer> after = before.with("a", 3).without("b").with("c", 4);

    assertThat(before.get("a")).isEqualTo(1);
    assertThat(before.get("b")).isEqualTo(2);
    assertThat(before.get("c")).isNull();
    assertThat(after.get("a")).isEqualTo(3);
    assertThat(after.get("b")).isNull();
    assertThat(after.get("c")).isEqualTo(4);
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void saysNothingOfItsKeys() {
    assertThat(PersistentTable.of(Map.of("a-secret-value", 1)).toString()).doesNotContain("secret");
  }
}
