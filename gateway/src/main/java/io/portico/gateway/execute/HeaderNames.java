package io.portico.gateway.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fixed set of header names, asked once a header of every request: no case is folded for it. */
public final class HeaderNames {
  private final List<List<String>> byLength;

  private HeaderNames(List<List<String>> byLength) {
    this.byLength = byLength;
  }

  public static HeaderNames of(String... names) {
    int longest = Stream.of(names).mapToInt(String::length).max().orElse(0);
    List<List<String>> byLength = new ArrayList<>();
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      byLength.add(Stream.of(names).filter(name -> name.length() == wanted).toList());
    }
    return new HeaderNames(List.copyOf(byLength));
  }

  /** Whether the set has this name, in any casing. */
  public boolean contains(String name) {
    int length = name.length();
    if (length >= byLength.size()) {
      return false;
    }
    List<String> candidates = byLength.get(length);
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
