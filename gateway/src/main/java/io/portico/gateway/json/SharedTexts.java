package io.portico.gateway.json;

/**
 * The latest of the texts that recur, so that one of them stands for all that are equal to it: what
 * a document repeats, and what is made of it, is kept once.
 *
 * <p>For whichever thread comes by: a race costs a copy at most, as a text never changes.
 */
public final class SharedTexts {
  /** What is longer hardly recurs. */
  static final int LONGEST = 64;

  private static final int PLACES = 1024;
  private static final String[] LATEST = new String[PLACES];

  private SharedTexts() {}

  /** The text, or one that is equal. */
  public static String of(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int place = place(text, PLACES);
    String known = LATEST[place];
    if (text.equals(known)) {
      return known;
    }
    LATEST[place] = text;
    return text;
  }

  /** Where a text is looked for among so many places, a power of two. */
  static int place(String text, int places) {
    int hash = text.hashCode();
    return (hash ^ hash >>> 16) & places - 1;
  }
}
