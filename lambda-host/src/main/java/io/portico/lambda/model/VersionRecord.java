package io.portico.lambda.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of a function: its code and configuration.
 *
 * @param version {@code $LATEST}, or a number
 * @param timeout seconds
 * @param memorySize MB
 * @param ephemeralStorage MB of {@code /tmp}
 * @param environment the function's variables, or null where none were given
 * @param layers ARNs of layer versions
 * @param others members that AWS's clients set and read back and that nothing here acts on, such as
 *     {@code VpcConfig}, as they were sent
 * @param lastModified as AWS writes it
 * @param revisionId changes with every change
 * @param failure why the code cannot be run, where the progress is FAILED; else null
 */
public record VersionRecord(
    String version,
    String runtime,
    @Nullable String handler,
    String role,
    String description,
    int timeout,
    int memorySize,
    int ephemeralStorage,
    List<String> architectures,
    @Nullable Map<String, String> environment,
    List<String> layers,
    ObjectNode others,
    CodeRecord code,
    String lastModified,
    String revisionId,
    Progress progress,
    @Nullable String failure) {

  public static final String LATEST = "$LATEST";

  /** How far a change of the function has come. */
  public enum Progress {
    CREATING,
    UPDATING,
    READY,
    FAILED
  }

  /** Whether the code is still being made ready. */
  public boolean isInProgress() {
    return progress == Progress.CREATING || progress == Progress.UPDATING;
  }

  /** The same at another stage of its change, which is a revision of its own. */
  public VersionRecord with(Progress reached, @Nullable String reason, String revision) {
    return new VersionRecord(
        version,
        runtime,
        handler,
        role,
        description,
        timeout,
        memorySize,
        ephemeralStorage,
        architectures,
        environment,
        layers,
        others,
        code,
        lastModified,
        revision,
        reached,
        reason);
  }

  /** The same under a number of its own. */
  public VersionRecord as(String number, String text, String revision) {
    return new VersionRecord(
        number,
        runtime,
        handler,
        role,
        text,
        timeout,
        memorySize,
        ephemeralStorage,
        architectures,
        environment,
        layers,
        others,
        code,
        lastModified,
        revision,
        progress,
        failure);
  }

  /** The same with other code. */
  public VersionRecord with(CodeRecord newCode, List<String> newArchitectures, Change change) {
    return new VersionRecord(
        version,
        runtime,
        handler,
        role,
        description,
        timeout,
        memorySize,
        ephemeralStorage,
        newArchitectures,
        environment,
        layers,
        others,
        newCode,
        change.lastModified,
        change.revisionId,
        Progress.UPDATING,
        null);
  }

  /** When something changed, and the revision that it made. */
  public record Change(String lastModified, String revisionId) {}
}
