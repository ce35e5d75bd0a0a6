package io.portico.lambda.snapshot;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where invocations of an alias go.
 *
 * @param version {@code $LATEST} or a number
 * @param additional the version that shares them, or null where all go to the first
 * @param weight the share of the additional version, from 0 to 1
 */
public record AliasRouting(String version, @Nullable String additional, double weight) {

  /** The version for one invocation. */
  public String pick(RandomGenerator random) {
    return additional != null && random.nextDouble() < weight ? additional : version;
  }
}
