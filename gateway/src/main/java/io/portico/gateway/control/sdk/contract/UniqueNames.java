package io.portico.gateway.control.sdk.contract;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names within one scope: what is taken already gets a number. Without casing, because files are
 * named after types and not every file system tells casings apart.
 */
public final class UniqueNames {
  private final Set<String> taken = new HashSet<>();

  /**
   * @param reserved names that are never given
   */
  public UniqueNames(Collection<String> reserved) {
    reserved.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
  }

  /** The name, or the first of it with a 2, a 3 … that is free. */
  public String take(String name) {
    String free = name;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = name + number;
    }
    return free;
  }
}
