package io.portico.lambda.model;

import java.util.List;

/**
 * One version of a function.
 *
 * @param version {@code $LATEST}, or a number
 * @param description a published version may have its own
 * @param architectures what the code is for; they change with it
 */
public record VersionRecord(
    String version,
    String description,
    VersionConfiguration configuration,
    CodeRecord code,
    List<String> architectures,
    VersionState state) {

  public static final String LATEST = "$LATEST";

  /** Changes with every change. */
  public String revisionId() {
    return state.revisionId();
  }

  /** The same in another state. */
  public VersionRecord with(VersionState newState) {
    return new VersionRecord(version, description, configuration, code, architectures, newState);
  }

  /** The same with other code. */
  public VersionRecord with(
      CodeRecord newCode, List<String> newArchitectures, VersionState newState) {
    return new VersionRecord(
        version, description, configuration, newCode, newArchitectures, newState);
  }

  /** The same under a number of its own. */
  public VersionRecord as(String number, String text, String revision) {
    return new VersionRecord(
        number, text, configuration, code, architectures, state.published(revision));
  }

  /** Whether both do the same; a description of its own makes no other version. */
  public boolean isSameAs(VersionRecord other) {
    return configuration.equals(other.configuration)
        && code.equals(other.code)
        && architectures.equals(other.architectures);
  }
}
