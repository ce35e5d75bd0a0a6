package io.portico.store;

import io.portico.gateway.store.RecordKey;
import java.util.Comparator;

/**
 * The order of records: by kind, parent, id, each by code point. It is what SQLite's {@code BINARY}
 * collation does to UTF-8, so that both stores page alike.
 */
final class KeyOrder {
  static final Comparator<RecordKey> KEYS = KeyOrder::compare;

  private KeyOrder() {}

  private static int compare(RecordKey left, RecordKey right) {
    int order = compare(left.kind(), right.kind());
    if (order == 0) {
      order = compare(left.parent(), right.parent());
    }
    return order == 0 ? compare(left.id(), right.id()) : order;
  }

  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point above every other char, so it sorts last.
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        return surrogateA == surrogateB ? Character.compare(a, b) : surrogateA ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /**
   * The key, if both stores can hold it as it is.
   *
   * @throws IllegalArgumentException for a lone surrogate, which has no UTF-8, or a NUL
   */
  static RecordKey checked(RecordKey key) {
    if (!key.isText()) {
      throw new IllegalArgumentException("a record's key holds a character that is not text");
    }
    return key;
  }

  /**
   * The key, if a record may stand there.
   *
   * @throws IllegalArgumentException as {@link #checked}, or for an empty id: lists begin after it
   */
  static RecordKey writable(RecordKey key) {
    if (key.id().isEmpty()) {
      throw new IllegalArgumentException("a record's id is empty");
    }
    return checked(key);
  }
}
