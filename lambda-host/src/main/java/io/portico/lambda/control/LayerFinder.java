package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.LayerPolicyRecord;
import io.portico.lambda.model.LayerVersionRecord;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds layer versions that calls name. */
final class LayerFinder {
  private LayerFinder() {}

  static Optional<LayerVersionRecord> find(RecordReader records, LayerId.Version version) {
    return records.find(
        LambdaRecords.LAYER_VERSION,
        version.layer().parent(),
        LambdaRecords.layerVersionId(version.number()));
  }

  static Optional<LayerPolicyRecord> policy(RecordReader records, LayerId.Version version) {
    return records.find(
        LambdaRecords.LAYER_POLICY,
        version.layer().parent(),
        LambdaRecords.layerVersionId(version.number()));
  }

  /**
   * Refuses an account that may not use a layer version: it is another's, and its policy does not
   * say that this one may. An organisation's accounts are not known here, so it lets none of them.
   */
  static void checkShared(RecordReader records, LayerId.Version version, String account) {
    boolean shared =
        version.layer().accountId().equals(account)
            || policy(records, version)
                .map(
                    found ->
                        found.policy().statements().stream()
                            .anyMatch(statement -> lets(statement, account)))
                .orElse(false);
    if (!shared) {
      throw LambdaErrors.notShared(account, "GetLayerVersion", version.arn());
    }
  }

  private static boolean lets(ObjectNode statement, String account) {
    if (statement.has("Condition")) {
      return false;
    }
    return statement.path("Principal").asString("").equals("*")
        || statement.path("Principal").path("AWS").asString("").endsWith("::" + account + ":root");
  }
}
