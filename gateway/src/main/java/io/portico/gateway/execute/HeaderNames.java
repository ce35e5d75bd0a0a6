package io.portico.gateway.execute;

import java.util.stream.Stream;

/** A fixed set of header names, asked once a header of every request: no case is folded for it. */
public final class HeaderNames {
  /** By their length. */
  private final String[][] names;

  private HeaderNames(String[][] names) {
    this.names = names;
  }

  public static HeaderNames of(String... names) {
    int longest = Stream.of(names).mapToInt(String::length).max().orElse(0);
    String[][] byLength = new String[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      byLength[length] =
          Stream.of(names).filter(name -> name.length() == wanted).toArray(String[]::new);
    }
    return new HeaderNames(byLength);
  }

  /** Whether the set has this name, in any casing. */
  public boolean contains(String name) {
    int length = name.length();
    if (length >= names.length) {
      return false;
    }
    for (String candidate : names[length]) {
      if (candidate.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
