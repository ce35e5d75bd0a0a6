package io.portico.gateway.store;

/**
 * Where a record stands: records of one kind and one parent form a list ordered by id.
 *
 * @param kind what it is, such as {@code rest-api} or {@code resource}
 * @param parent what it belongs to: an API's id for its resources, {@code account/region} for an
 *     API
 * @param id unique among the records of this kind and parent; not empty
 */
public record RecordKey(String kind, String parent, String id) {

  /** Whether a store can hold it: a lone surrogate has no UTF-8, and a NUL ends a text. */
  public boolean isText() {
    return isText(kind) && isText(parent) && isText(id);
  }

  /** Whether a text may be part of a key. */
  public static boolean isText(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < part.length()
              && Character.isLowSurrogate(part.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == '\0' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
