package io.portico.lambda.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function: what its versions have in common, and the one that is worked on.
 *
 * @param latest {@code $LATEST}
 * @param published the number of the version that was published last; 0 before the first
 * @param reservedConcurrency how many calls it may run at once, or null for the account's limit
 */
public record FunctionRecord(
    String name,
    VersionRecord latest,
    int published,
    @Nullable Integer reservedConcurrency,
    Map<String, String> tags) {

  /** The same with another {@code $LATEST}. */
  public FunctionRecord with(VersionRecord newLatest) {
    return new FunctionRecord(name, newLatest, published, reservedConcurrency, tags);
  }

  /** The same with another limit of its own, or with none. */
  public FunctionRecord reserving(@Nullable Integer concurrency) {
    return new FunctionRecord(name, latest, published, concurrency, tags);
  }

  /** The same with other tags. */
  public FunctionRecord tagged(Map<String, String> newTags) {
    return new FunctionRecord(name, latest, published, reservedConcurrency, newTags);
  }

  /** The same after a version was published. */
  public FunctionRecord published(int number) {
    return new FunctionRecord(name, latest, number, reservedConcurrency, tags);
  }
}
