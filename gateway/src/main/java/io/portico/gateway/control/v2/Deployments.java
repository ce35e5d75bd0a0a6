package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Deployments: an API frozen as it was. */
public final class Deployments {
  private final V2Environment environment;

  Deployments(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateDeployment", this::createDeployment)
        .add("GetDeployment", this::getDeployment)
        .add("GetDeployments", this::getDeployments)
        .add("UpdateDeployment", this::updateDeployment)
        .add("DeleteDeployment", this::deleteDeployment);
  }

  /** Freezes the API and points the stage, if one is named, to it. */
  public ObjectNode createDeployment(OperationCall call) {
    Lengths.ofDeploymentOrStage(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              StageRecord stage = stage(records, api, call);
              ApiDefinition definition = ApiContents.read(records, api);
              String refusal = Deploying.refusal(definition);
              if (refusal != null) {
                throw ServiceException.badRequest(refusal);
              }
              DeploymentRecord deployment =
                  Deploying.freeze(
                      environment,
                      records,
                      definition,
                      new Update(call.input()).text("description", null));
              if (stage != null) {
                Stages.put(
                    environment,
                    records,
                    api,
                    stage.withDeployment(
                        deployment.deploymentId(),
                        stage.lastDeploymentStatusMessage(),
                        environment.now()));
              }
              return Reply.deployment(deployment);
            });
  }

  // AWS: the stage must be there; source: the text, reported by users of AWS's clients,
  // https://github.com/theonestack/cfhighlander; the status is assumed.
  private static @Nullable StageRecord stage(
      RecordReader records, ApiRecord api, OperationCall call) {
    String name = call.input().stringOrNull("stageName");
    if (name == null || name.isEmpty()) {
      return null;
    }
    StageRecord stage =
        records
            .find(V2RecordTypes.STAGE, api.apiId(), name)
            .orElseThrow(
                () ->
                    ServiceException.notFound(
                        "Stage %s does not exist. StageName specified on a CreateDeployment request"
                                .formatted(name)
                            + " must exist so the stage can be updated with the new deployment."));
    if (stage.autoDeploy()) {
      throw Stages.deploysItself(api);
    }
    return stage;
  }

  public ObjectNode getDeployment(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.deployment(new Finder(records, call).deployment()));
  }

  public ObjectNode getDeployments(OperationCall call) {
    return Lists.ofApi(
        environment,
        call,
        V2RecordTypes.DEPLOYMENT,
        DeploymentRecord::deploymentId,
        Reply::deployment);
  }

  public ObjectNode updateDeployment(OperationCall call) {
    Lengths.ofDeploymentOrStage(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              DeploymentRecord before = finder.deployment();
              DeploymentRecord deployment =
                  before.withDescription(
                      new Update(call.input()).text("description", before.description()));
              records.put(
                  V2RecordTypes.DEPLOYMENT,
                  finder.api().apiId(),
                  deployment.deploymentId(),
                  deployment);
              return Reply.deployment(deployment);
            });
  }

  // AWS: the text is v1's: DEP-03.
  public ObjectNode deleteDeployment(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              String apiId = finder.api().apiId();
              String id = finder.deployment().deploymentId();
              if (records.list(V2RecordTypes.STAGE, apiId).stream()
                  .anyMatch(stage -> id.equals(stage.deploymentId()))) {
                throw ServiceException.badRequest(
                    "Active stages pointing to this deployment must be moved or deleted");
              }
              records.delete(V2RecordTypes.DEPLOYMENT, apiId, id);
              return Reply.empty();
            });
  }
}
