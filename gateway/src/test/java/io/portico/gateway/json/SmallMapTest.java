package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SmallMapTest {
  private static final int STEPS = 200_000;
  private static final int KEYS = 12;

  @Test
  void isWhatALinkedHashMapIsWhateverIsDoneToIt() {
    Random random = new Random(4566);
    Map<String, @Nullable Integer> expected = new LinkedHashMap<>();
    Map<String, @Nullable Integer> map = new SmallMap<>();
    for (int step = 0; step < STEPS; step++) {
      String key = "key" + random.nextInt(KEYS);
      Integer value = random.nextInt(5) == 0 ? null : Integer.valueOf(step);
      switch (random.nextInt(10)) {
        case 0, 1 -> assertThat(map.remove(key)).isEqualTo(expected.remove(key));
        case 2 -> {
          if (random.nextInt(20) == 0) {
            map.clear();
            expected.clear();
          }
        }
        case 3 -> {
          removeOne(map, key);
          removeOne(expected, key);
        }
        case 4 -> {
          map.replaceAll((name, before) -> value);
          expected.replaceAll((name, before) -> value);
        }
        default -> assertThat(map.put(key, value)).isEqualTo(expected.put(key, value));
      }
      assertThat(map.get(key)).isEqualTo(expected.get(key));
      assertThat(map.containsKey(key)).isEqualTo(expected.containsKey(key));
      if (step % 100 == 0) {
        assertThat(map).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
        assertThat(new SmallMap<>(map)).isEqualTo(expected);
      }
    }
  }

  private static void removeOne(Map<String, @Nullable Integer> map, String key) {
    map.entrySet().removeIf(entry -> entry.getKey().equals(key));
  }

  @Test
  void anEntrysValueIsThatOfTheMap() {
    Map<String, Integer> map = new SmallMap<>(Map.of("a", 1));

    for (Map.Entry<String, Integer> entry : map.entrySet()) {
      assertThat(entry.setValue(2)).isEqualTo(1);
      assertThat(entry.getValue()).isEqualTo(2);
    }

    assertThat(map).containsExactly(Map.entry("a", 2));
  }

  @Test
  void anIteratorEnds() {
    Iterator<Map.Entry<String, Integer>> iterator =
        new SmallMap<String, Integer>().entrySet().iterator();

    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }
}
