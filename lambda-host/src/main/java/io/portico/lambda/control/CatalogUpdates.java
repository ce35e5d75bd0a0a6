package io.portico.lambda.control;

import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.model.AliasRecord;
import io.portico.lambda.model.FunctionUrlRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.PolicyRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.AliasRouting;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionUrl;
import io.portico.lambda.snapshot.ResourcePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what invocations need to know of a function beside its versions: its aliases, its
 * policies, its URLs, its limit. In the order of the transactions, each once it is committed.
 */
final class CatalogUpdates {
  private final FunctionCatalog catalog;
  private final Environments environments;

  CatalogUpdates(FunctionCatalog catalog, Environments environments) {
    this.catalog = catalog;
    this.environments = environments;
  }

  CatalogUpdates(LambdaEnvironment environment) {
    this(environment.catalog(), environment.environments());
  }

  /** Publishes all that is stored: at the start, while no call can change it. */
  void all(Records records) {
    records
        .read(reader -> reader.all(LambdaRecords.FUNCTION))
        .forEach(
            function ->
                environments.reserve(
                    owner(LambdaRecords.parent(function.key().parent(), function.value().name())),
                    function.value().reservedConcurrency()));
    records
        .read(reader -> reader.all(LambdaRecords.ALIAS))
        .forEach(
            alias ->
                catalog.putAlias(
                    owner(alias.key().parent()), alias.value().name(), routing(alias.value())));
    records
        .read(reader -> reader.all(LambdaRecords.POLICY))
        .forEach(
            policy ->
                catalog.putPolicy(
                    owner(policy.key().parent()),
                    policy.key().id(),
                    ResourcePolicy.of(policy.value().statements())));
    records
        .read(reader -> reader.all(LambdaRecords.FUNCTION_URL))
        .forEach(url -> catalog.putUrl(compiled(owner(url.key().parent()), url.value())));
  }

  /** The function that is named by {@link LambdaRecords#parent}. */
  private static FunctionId owner(String parent) {
    int region = parent.indexOf('/') + 1;
    int name = parent.lastIndexOf('/') + 1;
    return new FunctionId(
        parent.substring(0, region - 1),
        parent.substring(region, name - 1),
        parent.substring(name));
  }

  void alias(RecordWriter transaction, FunctionId id, AliasRecord alias) {
    AliasRouting routing = routing(alias);
    transaction.afterCommit(() -> catalog.putAlias(id, alias.name(), routing));
  }

  private static AliasRouting routing(AliasRecord alias) {
    return alias.additionalWeights().entrySet().stream()
        .findFirst()
        .map(
            additional ->
                new AliasRouting(alias.version(), additional.getKey(), additional.getValue()))
        .orElseGet(() -> new AliasRouting(alias.version(), null, 0));
  }

  void aliasDeleted(RecordWriter transaction, FunctionId id, String name) {
    transaction.afterCommit(() -> catalog.removeAlias(id, name));
  }

  void policy(RecordWriter transaction, FunctionId id, String qualifier, PolicyRecord policy) {
    ResourcePolicy compiled = ResourcePolicy.of(policy.statements());
    transaction.afterCommit(() -> catalog.putPolicy(id, qualifier, compiled));
  }

  void policyDeleted(RecordWriter transaction, FunctionId id, String qualifier) {
    transaction.afterCommit(() -> catalog.removePolicy(id, qualifier));
  }

  void url(RecordWriter transaction, FunctionId id, FunctionUrlRecord url) {
    FunctionUrl compiled = compiled(id, url);
    transaction.afterCommit(() -> catalog.putUrl(compiled));
  }

  void urlDeleted(RecordWriter transaction, FunctionId id, String qualifier) {
    String urlId = FunctionUrl.urlId(id, alias(qualifier));
    transaction.afterCommit(() -> catalog.removeUrl(urlId));
  }

  private static FunctionUrl compiled(FunctionId id, FunctionUrlRecord url) {
    String alias = alias(url.qualifier());
    return new FunctionUrl(
        FunctionUrl.urlId(id, alias),
        id,
        alias,
        url.authType().equals("NONE"),
        url.invokeMode().equals("RESPONSE_STREAM"),
        UrlCors.of(url.cors()));
  }

  private static @Nullable String alias(String qualifier) {
    return qualifier.equals(VersionRecord.LATEST) ? null : qualifier;
  }

  void reservation(RecordWriter transaction, FunctionId id, @Nullable Integer most) {
    transaction.afterCommit(() -> environments.reserve(id, most));
  }

  void functionDeleted(RecordWriter transaction, FunctionId id) {
    transaction.afterCommit(() -> environments.forget(id));
  }
}
