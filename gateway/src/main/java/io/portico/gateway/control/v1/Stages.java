package io.portico.gateway.control.v1;

import io.portico.gateway.compile.StageKey;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainRoutingRules;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.CertificateStages;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stages: names under which deployments are served. */
public final class Stages {
  private final V1Environment environment;

  Stages(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateStage", this::createStage)
        .add("GetStage", this::getStage)
        .add("GetStages", this::getStages)
        .add("UpdateStage", this::updateStage)
        .add("DeleteStage", this::deleteStage)
        .add("FlushStageAuthorizersCache", this::flushStageAuthorizersCache)
        .add("FlushStageCache", this::flushStageCache);
  }

  public ObjectNode createStage(OperationCall call) {
    Input input = call.input();
    String name = input.string("stageName");
    StageRules.checkName(name);
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment
        .records()
        .write(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              if (records.find(RecordTypes.STAGE, api.id(), name).isPresent()) {
                throw ServiceException.conflict("Stage already exists");
              }
              StageRecord stage = sent(input, name, tags);
              StageRules.checkDocumentation(records, api.id(), stage.documentationVersion());
              put(environment, records, api.id(), stage);
              return Reply.stage(stage);
            });
  }

  private StageRecord sent(Input input, String name, @Nullable Map<String, String> tags) {
    String deploymentId = input.string("deploymentId");
    ObjectNode tree = RecordCodec.tree(NewStage.bare(name, deploymentId, environment.now()));
    for (String member : List.of("description", "documentationVersion", "cacheClusterSize")) {
      PatchEdits.set(tree, member, input.stringOrNull(member));
    }
    InputMaps.set(tree, "variables", input.stringMapOrNull("variables"));
    InputMaps.set(tree, "tags", tags);
    tree.put("tracingEnabled", input.bool("tracingEnabled"));
    StagePatch.enableCache(tree, input.bool("cacheClusterEnabled"));
    Input canary = input.structureOrNull("canarySettings");
    if (canary != null) {
      String canaryDeploymentId = canary.stringOrNull("deploymentId");
      ObjectNode settings =
          NewStage.canary(canary, canaryDeploymentId == null ? deploymentId : canaryDeploymentId);
      tree.set("canarySettings", settings);
    }
    return RecordCodec.record(tree, StageRecord.class);
  }

  /** Stores a stage that is as it should be, and publishes it. */
  static void put(
      V1Environment environment, RecordWriter records, String apiId, StageRecord stage) {
    StageRules.check(records, apiId, stage);
    ApiQuotas quotas = environment.apiQuotas();
    StageRecord before = records.find(RecordTypes.STAGE, apiId, stage.stageName()).orElse(null);
    if (before == null) {
      quotas.checkStages(apiId, () -> records.count(RecordTypes.STAGE, apiId) + 1);
    }
    quotas.check(stage, before, apiId);
    records.put(RecordTypes.STAGE, apiId, stage.stageName(), stage);
    CertificateStages.changed(
        records,
        apiId,
        stage.stageName(),
        before == null ? null : before.clientCertificateId(),
        stage.clientCertificateId());
    environment.publisher().stageChanged(records, apiId, stage.stageName());
  }

  public ObjectNode getStage(OperationCall call) {
    return environment.records().read(records -> Reply.stage(new Finder(records, call).stage()));
  }

  // AWS: not paged; source: GEN-22 and AWS's model.
  public ObjectNode getStages(OperationCall call) {
    String deploymentId = call.input().stringOrNull("deploymentId");
    return environment
        .records()
        .read(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              ObjectNode reply = Json.object();
              ArrayNode items = reply.putArray("item");
              for (StageRecord stage : records.list(RecordTypes.STAGE, api.id())) {
                if (deploymentId == null || deploymentId.equals(stage.deploymentId())) {
                  items.add(Reply.stage(stage));
                }
              }
              return reply;
            });
  }

  public ObjectNode updateStage(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              StageRecord before = finder.stage();
              ObjectNode tree = StagePatch.TABLE.apply(RecordCodec.tree(before), changes);
              tree.put("lastUpdatedDate", environment.now().toString());
              StageRecord stage = RecordCodec.record(tree, StageRecord.class);
              String documentation = stage.documentationVersion();
              if (!Objects.equals(documentation, before.documentationVersion())) {
                StageRules.checkDocumentation(records, finder.apiId(), documentation);
              }
              StageRules.checkAccessLog(stage, before);
              StageRules.checkLogging(records, call.caller().scope(), stage, before);
              put(environment, records, finder.apiId(), stage);
              return Reply.stage(stage);
            });
  }

  public ObjectNode flushStageAuthorizersCache(OperationCall call) {
    StageRecord stage = environment.records().read(records -> new Finder(records, call).stage());
    flushAuthorizers(call, stage.stageName());
    return Reply.empty();
  }

  private void flushAuthorizers(OperationCall call, String stageName) {
    environment.authorizers().flush(StageKey.of(call.input().string("restApiId"), stageName));
  }

  // AWS: takes minutes, in which the cluster's status says so; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html. Here it
  // is done when this returns. That a stage without a cluster has nothing to flush is assumed.
  public ObjectNode flushStageCache(OperationCall call) {
    String stage =
        environment.records().read(records -> new Finder(records, call).stage().stageName());
    environment.caches().flush(call.input().string("restApiId"), stage);
    return Reply.empty();
  }

  public ObjectNode deleteStage(OperationCall call) {
    ObjectNode reply = deleted(call);
    flushAuthorizers(call, call.input().string("stageName"));
    return reply;
  }

  private ObjectNode deleted(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              StageRecord stage = finder.stage();
              BasePathRules.checkUnmapped(records, finder.apiId(), stage.stageName());
              DomainRoutingRules.checkUnused(records, finder.apiId(), stage.stageName());
              records.delete(RecordTypes.STAGE, finder.apiId(), stage.stageName());
              CertificateStages.changed(
                  records, finder.apiId(), stage.stageName(), stage.clientCertificateId(), null);
              environment.publisher().stageDeleted(records, finder.apiId(), stage.stageName());
              UsagePlanStages.forget(
                  records,
                  call.caller().scope(),
                  environment.publisher(),
                  each ->
                      each.apiId().equals(finder.apiId())
                          && each.stage().equals(stage.stageName()));
              return Reply.empty();
            });
  }
}
