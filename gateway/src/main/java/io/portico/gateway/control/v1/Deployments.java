package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Deployments: an API frozen as it was. */
public final class Deployments {
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_OPS)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .build();

  private final V1Environment environment;

  Deployments(V1Environment environment) {
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
    DeployedStage stage = DeployedStage.of(call.input());
    return environment
        .records()
        .write(
            records -> {
              RestApiRecord api = new Finder(records, call).api();
              stage.check(records, api.id());
              ApiDefinition frozen = ApiContents.read(records, api);
              checkDeployable(frozen);
              Input input = call.input();
              DeploymentRecord deployment =
                  new DeploymentRecord(
                      environment.newId(records, RecordTypes.DEPLOYMENT, api.id()),
                      input.stringOrNull("description"),
                      environment.now(),
                      frozen);
              records.put(RecordTypes.DEPLOYMENT, api.id(), deployment.id(), deployment);
              stage.point(records, api.id(), deployment, environment);
              return Reply.deployment(deployment);
            });
  }

  // AWS: source: reported by users of AWS's clients.
  private static void checkDeployable(ApiDefinition definition) {
    boolean anyMethod = false;
    for (ResourceRecord resource : definition.resources()) {
      for (MethodRecord method : resource.methods().values()) {
        anyMethod = true;
        if (method.methodIntegration() == null) {
          throw ServiceException.badRequest("No integration defined for method");
        }
      }
    }
    if (!anyMethod) {
      throw ServiceException.badRequest("The REST API doesn't contain any methods");
    }
    checkPolicy(definition.api());
  }

  // AWS: source: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/issues/14290. That methods and integrations
  // are looked at first is assumed.
  private static void checkPolicy(RestApiRecord api) {
    if (api.policy() == null
        && api.endpointConfiguration().types().contains(EndpointRules.PRIVATE)) {
      throw ServiceException.badRequest(
          "Private REST API doesn't have a resource policy attached to it");
    }
  }

  // AWS: no summary unless asked for; source: DEP-01.
  public ObjectNode getDeployment(OperationCall call) {
    List<String> embed = call.input().stringsOrNull("embed");
    return environment
        .records()
        .read(
            records -> {
              DeploymentRecord deployment = new Finder(records, call).deployment();
              ObjectNode reply = Reply.deployment(deployment);
              if (embed != null && embed.contains("apisummary")) {
                reply.set("apiSummary", summary(deployment.frozen()));
              }
              return reply;
            });
  }

  private static ObjectNode summary(ApiDefinition frozen) {
    ObjectNode summary = Json.object();
    for (ResourceRecord resource : frozen.resources()) {
      if (!resource.methods().isEmpty()) {
        ObjectNode methods = summary.putObject(resource.path());
        for (Map.Entry<String, MethodRecord> method : resource.methods().entrySet()) {
          methods
              .putObject(method.getKey())
              .put("authorizationType", method.getValue().authorizationType())
              .put("apiKeyRequired", method.getValue().apiKeyRequired());
        }
      }
    }
    return summary;
  }

  public ObjectNode getDeployments(OperationCall call) {
    return Lists.ofApi(
        environment, call, RecordTypes.DEPLOYMENT, DeploymentRecord::id, Reply::deployment);
  }

  public ObjectNode updateDeployment(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              DeploymentRecord deployment =
                  TABLE.changed(finder.deployment(), DeploymentRecord.class, changes);
              records.put(RecordTypes.DEPLOYMENT, finder.apiId(), deployment.id(), deployment);
              return Reply.deployment(deployment);
            });
  }

  public ObjectNode deleteDeployment(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              DeploymentRecord deployment = finder.deployment();
              for (StageRecord stage : records.list(RecordTypes.STAGE, finder.apiId())) {
                if (pointsTo(stage, deployment.id())) {
                  // AWS: source: DEP-03.
                  throw ServiceException.badRequest(
                      "Active stages pointing to this deployment must be moved or deleted");
                }
              }
              records.delete(RecordTypes.DEPLOYMENT, finder.apiId(), deployment.id());
              return Reply.empty();
            });
  }

  private static boolean pointsTo(StageRecord stage, String deploymentId) {
    return stage.deploymentId().equals(deploymentId)
        || (stage.canarySettings() != null
            && stage.canarySettings().deploymentId().equals(deploymentId));
  }
}
