package io.portico.lambda.async;

import io.portico.gateway.json.Json;
import io.portico.gateway.store.Records;
import io.portico.lambda.model.CodeRecord;
import io.portico.lambda.model.EventInvokeRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState;
import io.portico.lambda.snapshot.FunctionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Functions as records, of which nothing runs. */
final class StoredFunctions {
  private StoredFunctions() {}

  /** Stores a function whose events that fail go to a dead-letter queue, if one is named. */
  static void put(Records records, FunctionId id, @Nullable String deadLetter) {
    ObjectNode others = Json.object();
    if (deadLetter != null) {
      others.putObject("DeadLetterConfig").put("TargetArn", deadLetter);
    }
    VersionRecord latest =
        new VersionRecord(
            VersionRecord.LATEST,
            "",
            new VersionConfiguration(
                "nodejs22.x",
                "index.handler",
                "arn:aws:iam::000000000000:role/any",
                3,
                128,
                512,
                null,
                List.of(),
                others),
            new CodeRecord("digest", 1, 1, null, null),
            List.of("x86_64"),
            new VersionState(
                "2026-01-01T00:00:00.000+0000", "revision", VersionState.Progress.READY, null));
    records.write(
        writer -> {
          writer.put(
              LambdaRecords.FUNCTION,
              id.scope(),
              id.name(),
              new FunctionRecord(id.name(), latest, 0, null, Map.of()));
          return true;
        });
  }

  /** Configures how it is invoked asynchronously. */
  static void configure(Records records, FunctionId id, EventInvokeRecord config) {
    records.write(
        writer -> {
          writer.put(
              LambdaRecords.EVENT_INVOKE,
              LambdaRecords.parent(id.scope(), id.name()),
              config.qualifier(),
              config);
          return true;
        });
  }
}
