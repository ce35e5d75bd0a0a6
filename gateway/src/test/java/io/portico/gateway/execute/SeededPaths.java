package io.portico.gateway.execute;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random paths of what is usual and what is meant to confuse; one seed, one sequence. */
public final class SeededPaths {
  private static final List<String> PIECES =
      List.of(
          "a", "b", "pets", "admin", "..", ".", "%2e", "%2E%2e", ".%2e", "%252e", "%2f", "%2F",
          "%5c", "\\", "%00", "%0d%0a", "%c0%ae", "%c0%af", "%", "%zz", "%Fth", ";x=1", "..;", "+",
          "%2B", "@", ":", "*", "~", "é", "%C3%A9", "//", "/", "/", "/", "/");

  private final RandomGenerator random;

  public SeededPaths(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** What stands behind a stage on the wire: empty or with a slash in front. */
  public String next() {
    StringBuilder path = new StringBuilder();
    int pieces = random.nextInt(9);
    for (int i = 0; i < pieces; i++) {
      path.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return path.isEmpty() || path.charAt(0) == '/' ? path.toString() : "/" + path;
  }
}
