package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.AliasRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the records that calls name, or refuses in AWS's words. */
final class FunctionFinder {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private FunctionFinder() {}

  /** The function; AWS: source: recorded, facts LAM-07, LAM-11. */
  static FunctionRecord function(RecordReader records, FunctionReference reference) {
    return records
        .find(LambdaRecords.FUNCTION, reference.id().scope(), reference.id().name())
        .orElseThrow(() -> LambdaErrors.functionNotFound(reference.arn()));
  }

  /**
   * The version that a qualifier names, by its number or by an alias; {@code $LATEST} without one.
   */
  static VersionRecord version(
      RecordReader records, FunctionReference reference, FunctionRecord function) {
    String qualifier = reference.qualifier();
    if (qualifier == null || qualifier.equals(VersionRecord.LATEST)) {
      return function.latest();
    }
    String version = qualifier;
    if (!isNumber(qualifier)) {
      version =
          alias(records, reference.id(), qualifier)
              .orElseThrow(() -> LambdaErrors.functionNotFound(reference.arn()))
              .version();
    }
    return version.equals(VersionRecord.LATEST)
        ? function.latest()
        : numbered(records, reference.id(), version, reference.arn());
  }

  /** The alias of that name. */
  static Optional<AliasRecord> alias(RecordReader records, FunctionId id, String name) {
    return records.find(LambdaRecords.ALIAS, LambdaRecords.parent(id.scope(), id.name()), name);
  }

  /** Whether a qualifier is the number of a version, whether there is one or not. */
  static boolean isNumber(String qualifier) {
    return NUMBER.matcher(qualifier).matches();
  }

  private static VersionRecord numbered(
      RecordReader records, FunctionId id, String number, String arn) {
    return records
        .find(
            LambdaRecords.VERSION,
            LambdaRecords.parent(id.scope(), id.name()),
            LambdaRecords.versionId(Integer.parseInt(number)))
        .orElseThrow(() -> LambdaErrors.functionNotFound(arn));
  }

  /** Refuses a call for another revision than there is; without one in the call, none is wrong. */
  static void checkRevision(@Nullable String wanted, VersionRecord version) {
    if (wanted != null && !wanted.equals(version.revisionId())) {
      throw LambdaErrors.wrongRevision();
    }
  }

  /** Refuses a change while another is under way. */
  static void checkSettled(FunctionId id, VersionRecord version) {
    switch (version.state().progress()) {
      case CREATING -> throw LambdaErrors.pending(id);
      case UPDATING -> throw LambdaErrors.updateInProgress(id);
      case READY, FAILED, UPDATE_FAILED -> {}
    }
  }
}
