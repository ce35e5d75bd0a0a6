package io.portico.gateway.control;

import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UsageCompiler;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles what changed and publishes it to the data plane. */
public final class SnapshotPublisher implements Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotPublisher.class);

  private final CurrentSnapshot snapshot;
  private final SnapshotCompiler compiler;
  private final V2Stages v2;
  private final DomainTables domains;

  /**
   * @param snapshot where the data plane reads
   * @param compiler makes what it reads of REST APIs
   * @param http makes what it reads of HTTP APIs
   * @param webSocket makes what it reads of WebSocket APIs
   * @param certificates what domain names refer to
   */
  public SnapshotPublisher(
      CurrentSnapshot snapshot,
      SnapshotCompiler compiler,
      HttpApiCompiler http,
      WebSocketApiCompiler webSocket,
      DomainCertificates certificates) {
    this.snapshot = snapshot;
    this.compiler = compiler;
    this.v2 = new V2Stages(http, webSocket);
    this.domains = new DomainTables(certificates);
  }

  /**
   * Publishes every stage there is, as at a start. A stage that cannot be compiled is not served,
   * and the log says so; the others are.
   */
  public void publishAll(Records records) {
    GatewaySnapshot all = records.read(this::compileAll);
    snapshot.update(previous -> all);
  }

  @Override
  public void stageChanged(RecordWriter records, String apiId, String stageName) {
    ApiRecord ofV2 = V2Stages.api(records, apiId);
    if (ofV2 != null) {
      publish(records, apiId, List.of(v2.of(records, ofV2, stageName)));
      return;
    }
    Optional<StageRecord> stage = records.find(RecordTypes.STAGE, apiId, stageName);
    if (stage.isEmpty()) {
      throw new IllegalArgumentException("no stage " + stageName + " of API " + apiId);
    }
    StageSnapshot compiled = compile(api(records, apiId), records, stage.get());
    records.afterCommit(() -> snapshot.update(current -> current.with(compiled)));
  }

  @Override
  public void apiChanged(RecordWriter records, String apiId) {
    ApiRecord ofV2 = V2Stages.api(records, apiId);
    if (ofV2 != null) {
      publish(records, apiId, v2.of(records, ofV2));
      return;
    }
    List<StageRecord> stages = records.list(RecordTypes.STAGE, apiId);
    if (stages.isEmpty()) {
      return;
    }
    RestApiRecord api = api(records, apiId);
    List<StageSnapshot> compiled =
        stages.stream().map(stage -> compile(api, records, stage)).toList();
    records.afterCommit(() -> snapshot.update(current -> current.with(apiId, compiled)));
  }

  private void publish(RecordWriter records, String apiId, List<ServedStage> stages) {
    if (!stages.isEmpty()) {
      records.afterCommit(() -> snapshot.update(current -> current.with(apiId, stages)));
    }
  }

  @Override
  public void stageDeleted(RecordWriter records, String apiId, String stageName) {
    records.afterCommit(() -> snapshot.update(current -> current.without(apiId, stageName)));
  }

  @Override
  public void apiDeleted(RecordWriter records, String apiId) {
    records.afterCommit(() -> snapshot.update(current -> current.without(apiId)));
  }

  @Override
  public void apiKeysChanged(RecordWriter records, String scope, Collection<String> keyIds) {
    UnaryOperator<PersistentTable<ApiKeySnapshot>> change =
        UsageTables.keys(records, scope, keyIds);
    records.afterCommit(
        () -> snapshot.update(current -> current.with(scope, usage -> usage.withKeys(change))));
  }

  @Override
  public void apiKeyDeleted(RecordWriter records, String scope, ApiKeyRecord key) {
    records.afterCommit(
        () ->
            snapshot.update(
                current ->
                    current.with(
                        scope, usage -> usage.withKeys(keys -> keys.without(key.value())))));
  }

  @Override
  public void usagePlanChanged(RecordWriter records, String scope, String planId) {
    UsagePlanSnapshot plan =
        records
            .find(RecordTypes.USAGE_PLAN, scope, planId)
            .map(UsageCompiler::compile)
            .orElseThrow(() -> new IllegalArgumentException("no usage plan " + planId));
    records.afterCommit(
        () ->
            snapshot.update(
                current ->
                    current.with(
                        scope, usage -> usage.withPlans(plans -> plans.with(planId, plan)))));
  }

  @Override
  public void usagePlanDeleted(RecordWriter records, String scope, String planId) {
    records.afterCommit(
        () ->
            snapshot.update(
                current ->
                    current.with(scope, usage -> usage.withPlans(plans -> plans.without(planId)))));
  }

  @Override
  public void domainNameChanged(RecordWriter records, String host) {
    DomainNameSnapshot served = domains.serving(records, host);
    if (served != null && served.refusal() != null) {
      LOG.warn(
          "the custom domain name {} answers 403: {} is not enforced yet",
          host,
          served.refusal().setting());
    }
    records.afterCommit(
        () ->
            snapshot.update(
                current ->
                    current.withDomains(
                        table -> served == null ? table.without(host) : table.with(host, served))));
  }

  private GatewaySnapshot compileAll(RecordReader records) {
    Map<String, RestApiRecord> apis = new HashMap<>();
    for (Located<RestApiRecord> api : records.all(RecordTypes.REST_API)) {
      apis.put(api.value().id(), api.value());
    }
    List<ServedStage> stages = new ArrayList<>(v2.all(records));
    for (Located<StageRecord> stage : records.all(RecordTypes.STAGE)) {
      String apiId = stage.key().parent();
      RestApiRecord api = apis.get(apiId);
      if (api == null) {
        LOG.error("stage {} is not served: its API {} is gone", stage.key().id(), apiId);
        continue;
      }
      try {
        stages.add(compile(api, records, stage.value()));
      } catch (RuntimeException e) {
        LOG.error("stage {} of API {} is not served", stage.key().id(), apiId, e);
      }
    }
    return GatewaySnapshot.of(stages, UsageTables.all(records))
        .withDomains(none -> domains.all(records));
  }

  private static RestApiRecord api(RecordReader records, String apiId) {
    ApiScopeRecord scope =
        records
            .find(RecordTypes.API_SCOPE, "", apiId)
            .orElseThrow(() -> new IllegalArgumentException("no API " + apiId));
    return records
        .find(RecordTypes.REST_API, scope.scope(), apiId)
        .orElseThrow(() -> new IllegalArgumentException("no API " + apiId));
  }

  private StageSnapshot compile(RestApiRecord api, RecordReader records, StageRecord stage) {
    DeploymentRecord deployment = deployment(records, api, stage, stage.deploymentId());
    CanarySettings canary = stage.canarySettings();
    String scope = api.accountId() + "/" + api.region();
    return compiler.compile(
        api,
        deployment,
        canary == null
            ? null
            : canary.deploymentId().equals(deployment.id())
                ? deployment
                : deployment(records, api, stage, canary.deploymentId()),
        stage,
        StageCertificates.of(records, scope, stage.stageName(), stage.clientCertificateId()),
        new RecordedVpcLinks(records, scope));
  }

  private static DeploymentRecord deployment(
      RecordReader records, RestApiRecord api, StageRecord stage, String id) {
    return records
        .find(RecordTypes.DEPLOYMENT, api.id(), id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "stage " + stage.stageName() + " points to no deployment"));
  }
}
