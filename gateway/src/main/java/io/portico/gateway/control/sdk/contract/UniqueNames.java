package io.portico.gateway.control.sdk.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names within one scope: what is taken already gets a number. Without casing, because files are
 * named after types and not every file system tells casings apart.
 */
public final class UniqueNames {
  private final Set<String> taken = new HashSet<>();

  // Of names that were taken: where to go on, as many members may have the same.
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param reserved names that are never given
   */
  public UniqueNames(Collection<String> reserved) {
    reserved.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
  }

  /** The name, or the first of it with a 2, a 3 … that is free. */
  public String take(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    String free = name;
    int number = numbers.getOrDefault(plain, 2);
    while (!taken.add(free.toLowerCase(Locale.ROOT))) {
      free = name + number++;
    }
    numbers.put(plain, number);
    return free;
  }
}
