package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a numbered version of what {@code $LATEST} is. */
final class Publication {
  private final LambdaEnvironment environment;

  Publication(LambdaEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Publishes {@code $LATEST}.
   *
   * @param description of the version, or null for the function's
   * @return the new version; the last one where nothing has changed since. AWS: source: recorded,
   *     facts LAM-08
   */
  VersionRecord publish(
      RecordWriter records, FunctionId id, FunctionRecord function, @Nullable String description) {
    VersionRecord latest = function.latest();
    Optional<VersionRecord> last = last(records, id, function);
    if (last.isPresent() && isSame(last.get(), latest)) {
      return last.get();
    }
    int number = function.published() + 1;
    VersionRecord version =
        latest.as(
            Integer.toString(number),
            description == null ? latest.description() : description,
            LambdaEnvironment.newRevision());
    records.put(
        LambdaRecords.VERSION,
        LambdaRecords.parent(id.scope(), id.name()),
        LambdaRecords.versionId(number),
        version);
    records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function.published(number));
    environment.preparations().after(records, id, version.version());
    return version;
  }

  private static Optional<VersionRecord> last(
      RecordReader records, FunctionId id, FunctionRecord function) {
    return function.published() == 0
        ? Optional.empty()
        : records.find(
            LambdaRecords.VERSION,
            LambdaRecords.parent(id.scope(), id.name()),
            LambdaRecords.versionId(function.published()));
  }

  /** Whether code and configuration are; a description of its own makes no other version. */
  private static boolean isSame(VersionRecord one, VersionRecord other) {
    return one.code().equals(other.code())
        && one.runtime().equals(other.runtime())
        && Objects.equals(one.handler(), other.handler())
        && one.role().equals(other.role())
        && one.timeout() == other.timeout()
        && one.memorySize() == other.memorySize()
        && one.ephemeralStorage() == other.ephemeralStorage()
        && one.architectures().equals(other.architectures())
        && Objects.equals(one.environment(), other.environment())
        && one.layers().equals(other.layers())
        && one.others().equals(other.others());
  }
}
