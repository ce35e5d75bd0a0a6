package io.portico.lambda.control;

import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.model.AliasRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.List;

/** What is kept of a function beside its versions, and goes with it or with one of them. */
final class FunctionBelongings {
  private final CatalogUpdates catalog;

  FunctionBelongings(CatalogUpdates catalog) {
    this.catalog = catalog;
  }

  /**
   * Deletes what belongs to a function. AWS: its aliases too; source: documented, DeleteFunction:
   * "Otherwise, all versions and aliases are deleted".
   */
  void delete(RecordWriter records, FunctionId id) {
    String parent = LambdaRecords.parent(id.scope(), id.name());
    for (AliasRecord alias : records.list(LambdaRecords.ALIAS, parent)) {
      deleteAlias(records, id, alias.name());
    }
    deleteQualified(records, id, VersionRecord.LATEST);
    records.deleteAll(LambdaRecords.EVENT_INVOKE, parent);
    records.deleteAll(LambdaRecords.RUNTIME_MANAGEMENT, parent);
    records.delete(LambdaRecords.RECURSION, id.scope(), id.name());
    AsyncInvocations.functionDeleted(records, id);
    catalog.functionDeleted(records, id);
  }

  /** Deletes an alias and what belongs to it. */
  void deleteAlias(RecordWriter records, FunctionId id, String name) {
    records.delete(LambdaRecords.ALIAS, LambdaRecords.parent(id.scope(), id.name()), name);
    catalog.aliasDeleted(records, id, name);
    deleteQualified(records, id, name);
  }

  /** Deletes what belongs to a version or an alias. */
  void deleteQualified(RecordWriter records, FunctionId id, String qualifier) {
    String parent = LambdaRecords.parent(id.scope(), id.name());
    records.delete(LambdaRecords.POLICY, parent, qualifier);
    catalog.policyDeleted(records, id, qualifier);
    records.delete(LambdaRecords.EVENT_INVOKE, parent, qualifier);
    records.delete(LambdaRecords.RUNTIME_MANAGEMENT, parent, qualifier);
    records.delete(LambdaRecords.FUNCTION_URL, parent, qualifier);
    catalog.urlDeleted(records, id, qualifier);
  }

  /** Refuses to delete a version as long as an alias invokes it. */
  static void checkUnaliased(RecordReader records, FunctionId id, String version) {
    List<String> names =
        records.list(LambdaRecords.ALIAS, LambdaRecords.parent(id.scope(), id.name())).stream()
            .filter(alias -> alias.invokes(version))
            .map(AliasRecord::name)
            .toList();
    if (!names.isEmpty()) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.conflict(
          "Unable to delete version because the following aliases reference it: [%s]"
              .formatted(String.join(", ", names)));
    }
  }
}
