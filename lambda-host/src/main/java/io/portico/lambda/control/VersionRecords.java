package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState;
import io.portico.lambda.model.VersionState.Progress;
import io.portico.lambda.snapshot.FunctionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where versions are stored: {@code $LATEST} with its function, the others each for itself. */
final class VersionRecords {
  private VersionRecords() {}

  /** A version and what it belongs to. */
  record Found(FunctionRecord function, VersionRecord version) {}

  /**
   * Finds a version.
   *
   * @param version {@code $LATEST} or a number
   */
  static Optional<Found> find(RecordReader reader, FunctionId id, String version) {
    return reader
        .find(LambdaRecords.FUNCTION, id.scope(), id.name())
        .flatMap(
            function ->
                version.equals(VersionRecord.LATEST)
                    ? Optional.of(new Found(function, function.latest()))
                    : reader
                        .find(
                            LambdaRecords.VERSION,
                            LambdaRecords.parent(id.scope(), id.name()),
                            LambdaRecords.versionId(Integer.parseInt(version)))
                        .map(numbered -> new Found(function, numbered)));
  }

  /** Stores a version. */
  static void put(
      RecordWriter writer, FunctionId id, FunctionRecord function, VersionRecord version) {
    if (version.version().equals(VersionRecord.LATEST)) {
      writer.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function.with(version));
    } else {
      writer.put(
          LambdaRecords.VERSION,
          LambdaRecords.parent(id.scope(), id.name()),
          LambdaRecords.versionId(Integer.parseInt(version.version())),
          version);
    }
  }

  /**
   * Says in the record what has become of a version, unless it is another by now.
   *
   * @param failure why it cannot run, or null where it can
   */
  static Optional<VersionRecord> settle(
      RecordWriter writer, FunctionId id, VersionRecord before, @Nullable String failure) {
    Found now = find(writer, id, before.version()).orElse(null);
    if (now == null || !now.version.revisionId().equals(before.revisionId())) {
      return Optional.empty();
    }
    VersionState state =
        now.version
            .state()
            .reached(progress(before, failure), failure, LambdaEnvironment.newRevision());
    VersionRecord settled = now.version.with(state);
    put(writer, id, now.function, settled);
    return Optional.of(settled);
  }

  private static Progress progress(VersionRecord before, @Nullable String failure) {
    if (failure == null) {
      return Progress.READY;
    }
    return goesOn(before) ? Progress.UPDATE_FAILED : Progress.FAILED;
  }

  /** Whether what was ready before is to go on if this cannot run. */
  static boolean goesOn(VersionRecord version) {
    return version.version().equals(VersionRecord.LATEST)
        && (version.state().progress() == Progress.UPDATING
            || version.state().progress() == Progress.UPDATE_FAILED);
  }
}
