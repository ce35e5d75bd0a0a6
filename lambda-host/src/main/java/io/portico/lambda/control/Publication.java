package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
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
    if (last.isPresent() && last.get().isSameAs(latest)) {
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
}
