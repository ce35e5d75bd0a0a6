package io.portico.lambda.model;

import java.util.Map;

/**
 * An alias: a name for a version of a function, or for two that share its invocations.
 *
 * @param version the one that it points to: {@code $LATEST}, or a number
 * @param additionalWeights by number of a version the share of invocations, from 0 to 1, that goes
 *     there instead; at most one, empty for none
 * @param revisionId changes with every change
 */
public record AliasRecord(
    String name,
    String version,
    String description,
    Map<String, Double> additionalWeights,
    String revisionId) {

  /** The same as a revision of its own. */
  public AliasRecord revised(String revision) {
    return new AliasRecord(name, version, description, additionalWeights, revision);
  }

  /** Whether invocations of it may run a version. */
  public boolean invokes(String wanted) {
    return version.equals(wanted) || additionalWeights.containsKey(wanted);
  }
}
