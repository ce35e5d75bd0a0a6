package io.portico.gateway.snapshot;

/**
 * What the value of a header must be for a routing rule: a text that it is, begins with, ends with
 * or contains. Casing counts.
 *
 * @param text without the asterisks
 * @param openStart whether anything may stand before it
 * @param openEnd whether anything may stand behind it
 */
public record ValueGlob(String text, boolean openStart, boolean openEnd) {
  /** Any number of any characters, at either end. */
  public static final char WILDCARD = '*';

  /** Takes a glob's asterisks off. One within the text is a character like any other. */
  public static ValueGlob of(String glob) {
    boolean openStart = glob.length() > 1 && glob.charAt(0) == WILDCARD;
    boolean openEnd = !glob.isEmpty() && glob.charAt(glob.length() - 1) == WILDCARD;
    return new ValueGlob(
        glob.substring(openStart ? 1 : 0, glob.length() - (openEnd ? 1 : 0)), openStart, openEnd);
  }

  /** Whether a header's value, the whole of it, fits. */
  public boolean matches(String value) {
    if (openStart) {
      return openEnd ? value.contains(text) : value.endsWith(text);
    }
    return openEnd ? value.startsWith(text) : value.equals(text);
  }
}
