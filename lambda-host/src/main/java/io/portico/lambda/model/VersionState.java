package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;

/**
 * How far the last change of a version has come.
 *
 * @param lastModified as AWS writes it
 * @param revisionId changes with every change
 * @param failure why the code cannot be run, where the progress says so; else null
 */
public record VersionState(
    String lastModified, String revisionId, Progress progress, @Nullable String failure) {

  /** How far a change of the function has come. */
  public enum Progress {
    CREATING,
    UPDATING,
    READY,
    /** It could not be created: nothing runs. */
    FAILED,
    /** It could not be changed: what was ready before goes on. */
    UPDATE_FAILED
  }

  /** Whether the code is still being made ready. */
  public boolean isInProgress() {
    return progress == Progress.CREATING || progress == Progress.UPDATING;
  }

  /** That of a version which is made of one in this state. */
  public VersionState published(String revision) {
    boolean failed = progress == Progress.FAILED || progress == Progress.UPDATE_FAILED;
    return new VersionState(lastModified, revision, failed ? Progress.CREATING : progress, null);
  }

  /** The same as a revision of its own. */
  public VersionState revised(String revision) {
    return new VersionState(lastModified, revision, progress, failure);
  }

  /** The same at another stage of its change, which is a revision of its own. */
  public VersionState reached(Progress stage, @Nullable String reason, String revision) {
    return new VersionState(lastModified, revision, stage, reason);
  }
}
