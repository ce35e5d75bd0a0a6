package io.portico.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SortedTreeTest {
  @Test
  void staysBalancedWhenKeysComeAndGoInOrder() {
    SortedTree<Integer, String> tree = SortedTree.empty(Comparator.<Integer>naturalOrder());
    for (int i = 0; i < 4096; i++) {
      tree = tree.with(i, "v" + i);
    }
    for (int i = 0; i < 2048; i++) {
      tree = tree.without(i);
    }

    // An AVL tree is never higher than 1.44 log2(n + 2).
    assertThat(tree.height()).isLessThanOrEqualTo(16);
    assertThat(tree.get(2047)).isNull();
    assertThat(tree.get(2048)).isEqualTo("v2048");
  }

  @Test
  void anOlderTreeKeepsWhatItHeld() {
    SortedTree<Integer, String> older =
        SortedTree.<Integer, String>empty(Comparator.<Integer>naturalOrder())
            .with(1, "a")
            .with(2, "b");

    SortedTree<Integer, String> newer = older.without(1).with(2, "c").with(3, "d");

    assertThat(entries(older)).containsExactly("1=a", "2=b");
    assertThat(entries(newer)).containsExactly("2=c", "3=d");
  }

  private static List<String> entries(SortedTree<Integer, String> tree) {
    List<String> entries = new ArrayList<>();
    tree.visitFrom(
        Integer.MIN_VALUE,
        (key, value) -> {
          entries.add(key + "=" + value);
          return true;
        });
    return entries;
  }
}
