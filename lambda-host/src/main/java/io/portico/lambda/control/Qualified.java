package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.AliasRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;

/**
 * What a function's name and a qualifier name together, found: policies and settings of
 * asynchronous invocation are those of a version or of an alias.
 */
sealed interface Qualified {

  /** What says of it which state it is in. */
  String revisionId();

  /**
   * A version; {@code $LATEST} stands for the function.
   *
   * @param function whose it is
   */
  record OfVersion(FunctionRecord function, VersionRecord version) implements Qualified {
    @Override
    public String revisionId() {
      return version.revisionId();
    }
  }

  /** An alias. */
  record OfAlias(AliasRecord alias) implements Qualified {
    @Override
    public String revisionId() {
      return alias.revisionId();
    }
  }

  /** Finds it, or refuses the call. */
  static Qualified find(RecordReader records, FunctionReference reference) {
    FunctionRecord function = FunctionFinder.function(records, reference);
    FunctionId id = reference.id();
    String qualifier = key(reference);
    if (qualifier.equals(VersionRecord.LATEST) || FunctionFinder.isNumber(qualifier)) {
      return new OfVersion(function, FunctionFinder.version(records, reference, function));
    }
    return FunctionFinder.alias(records, id, qualifier)
        .map(OfAlias::new)
        .orElseThrow(() -> LambdaErrors.aliasNotFound(id.arn(qualifier)));
  }

  /** The id under which something of it is stored: the qualifier, {@code $LATEST} without one. */
  static String key(FunctionReference reference) {
    String qualifier = reference.qualifier();
    return qualifier == null ? VersionRecord.LATEST : qualifier;
  }
}
