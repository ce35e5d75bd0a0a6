package io.portico.store;

import java.util.Comparator;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: an AVL tree whose changes copy the path to the root and share the rest,
 * so that a change costs the logarithm of the size and whoever holds an older tree keeps it whole.
 */
final class SortedTree<K, V> {
  private record Node<K, V>(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right, int height) {}

  private final Comparator<K> order;
  private final @Nullable Node<K, V> root;

  private SortedTree(Comparator<K> order, @Nullable Node<K, V> root) {
    this.order = order;
    this.root = root;
  }

  static <K, V> SortedTree<K, V> empty(Comparator<K> order) {
    return new SortedTree<>(order, null);
  }

  @Nullable V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int side = order.compare(key, node.key);
      if (side == 0) {
        return node.value;
      }
      node = side < 0 ? node.left : node.right;
    }
    return null;
  }

  SortedTree<K, V> with(K key, V value) {
    return new SortedTree<>(order, put(root, key, value));
  }

  /** This map without the key; itself where the key is absent. */
  SortedTree<K, V> without(K key) {
    return get(key) == null ? this : new SortedTree<>(order, remove(root, key));
  }

  /** Visits entries in order from the first key that is not below {@code from}, while told to. */
  void visitFrom(K from, BiPredicate<K, V> visitor) {
    boolean _ = visit(root, from, visitor);
  }

  private boolean visit(@Nullable Node<K, V> node, K from, BiPredicate<K, V> visitor) {
    if (node == null) {
      return true;
    }
    if (order.compare(node.key, from) < 0) {
      return visit(node.right, from, visitor);
    }
    return visit(node.left, from, visitor)
        && visitor.test(node.key, node.value)
        && visit(node.right, from, visitor);
  }

  private Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null, 1);
    }
    int side = order.compare(key, node.key);
    if (side == 0) {
      return new Node<>(key, value, node.left, node.right, node.height);
    }
    return side < 0
        ? balanced(node.key, node.value, put(node.left, key, value), node.right)
        : balanced(node.key, node.value, node.left, put(node.right, key, value));
  }

  private @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int side = order.compare(key, node.key);
    if (side < 0) {
      return balanced(node.key, node.value, remove(node.left, key), node.right);
    }
    if (side > 0) {
      return balanced(node.key, node.value, node.left, remove(node.right, key));
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node<K, V> next = first(node.right);
    return balanced(next.key, next.value, node.left, remove(node.right, next.key));
  }

  private static <K, V> Node<K, V> first(Node<K, V> node) {
    Node<K, V> first = node;
    while (first.left != null) {
      first = first.left;
    }
    return first;
  }

  /** A node of these parts whose sides differ in height by at most one; given at most two. */
  private static <K, V> Node<K, V> balanced(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int difference = height(left) - height(right);
    if (difference > 1 && left != null) {
      Node<K, V> inner = left.right;
      if (inner != null && height(left.left) < height(inner)) {
        return node(
            inner.key,
            inner.value,
            node(left.key, left.value, left.left, inner.left),
            node(key, value, inner.right, right));
      }
      return node(left.key, left.value, left.left, node(key, value, inner, right));
    }
    if (difference < -1 && right != null) {
      Node<K, V> inner = right.left;
      if (inner != null && height(right.right) < height(inner)) {
        return node(
            inner.key,
            inner.value,
            node(key, value, left, inner.left),
            node(right.key, right.value, inner.right, right.right));
      }
      return node(right.key, right.value, node(key, value, left, inner), right.right);
    }
    return node(key, value, left, right);
  }

  private static <K, V> Node<K, V> node(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(key, value, left, right, 1 + Math.max(height(left), height(right)));
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  /** The longest path from the root, for a test of the balance. */
  int height() {
    return height(root);
  }
}
