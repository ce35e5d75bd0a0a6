package io.portico.gateway.control.v2;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationResponseRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.RouteResponseRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records as AWS replies them: what is unset or empty is left out, with few exceptions. */
// AWS: source: documented, the examples of the AWS CLI,
// https://docs.aws.amazon.com/code-library/latest/ug/cli_2_apigatewayv2_code_examples.html.
final class Reply {
  private static final String MANAGED = "apiGatewayManaged";
  private static final String TAGS = "tags";

  private Reply() {}

  static ObjectNode empty() {
    return Json.object();
  }

  /**
   * As CreateApi replies it: no tags where there are none.
   *
   * @param reached where the caller has found this server
   */
  static ObjectNode newApi(String reached, ApiRecord api) {
    ObjectNode reply = RecordCodec.tree(api);
    reply.remove("accountId");
    reply.remove("region");
    reply.put("apiEndpoint", ApiEndpoint.of(reached, api));
    date(reply, "createdDate", api.createdDate());
    dropEmpty(reply, TAGS);
    dropEmpty(reply, "importInfo");
    dropEmpty(reply, "warnings");
    return reply;
  }

  /** As everything else replies it: tags even where there are none. */
  static ObjectNode api(String reached, ApiRecord api) {
    return withObject(newApi(reached, api), TAGS);
  }

  static ObjectNode route(RouteRecord route) {
    ObjectNode reply = RecordCodec.tree(route);
    reply.remove("routeResponses");
    dropFalse(reply, MANAGED);
    dropEmpty(reply, "authorizationScopes");
    dropEmpty(reply, "requestModels");
    constraints(reply, "requestParameters");
    return reply;
  }

  static ObjectNode routeResponse(RouteResponseRecord response) {
    ObjectNode reply = RecordCodec.tree(response);
    dropEmpty(reply, "responseModels");
    constraints(reply, "responseParameters");
    return reply;
  }

  /** Whether a parameter is required stands in a structure of its own on the wire. */
  private static void constraints(ObjectNode reply, String member) {
    dropEmpty(reply, member);
    if (reply.get(member) instanceof ObjectNode parameters) {
      for (String name : parameters.propertyNames().stream().toList()) {
        JsonNode required = parameters.get(name);
        parameters.putObject(name).set("required", required);
      }
    }
  }

  static ObjectNode integration(IntegrationRecord integration) {
    ObjectNode reply = RecordCodec.tree(integration);
    reply.remove("integrationResponses");
    dropFalse(reply, MANAGED);
    dropEmpty(reply, "requestParameters");
    dropEmpty(reply, "requestTemplates");
    dropEmpty(reply, "responseParameters");
    dropEmpty(reply, "tlsConfig");
    return reply;
  }

  static ObjectNode integrationResponse(IntegrationResponseRecord response) {
    ObjectNode reply = RecordCodec.tree(response);
    dropEmpty(reply, "responseParameters");
    dropEmpty(reply, "responseTemplates");
    return reply;
  }

  static ObjectNode authorizer(AuthorizerRecord authorizer) {
    ObjectNode reply = RecordCodec.tree(authorizer);
    dropEmpty(reply, "identitySource");
    return reply;
  }

  static ObjectNode model(ModelRecord model) {
    return RecordCodec.tree(model);
  }

  static ObjectNode deployment(DeploymentRecord deployment) {
    ObjectNode reply = Json.object();
    reply.put("deploymentId", deployment.deploymentId());
    reply.put("autoDeployed", deployment.autoDeployed());
    reply.put("deploymentStatus", deployment.deploymentStatus());
    put(reply, "description", deployment.description());
    put(reply, "deploymentStatusMessage", deployment.deploymentStatusMessage());
    date(reply, "createdDate", deployment.createdDate());
    return reply;
  }

  private static void put(ObjectNode reply, String member, @Nullable String text) {
    if (text != null) {
      reply.put(member, text);
    }
  }

  /** Settings, variables and tags show even where there are none. */
  static ObjectNode stage(ApiRecord api, StageRecord stage) {
    ObjectNode reply = RecordCodec.tree(stage);
    date(reply, "createdDate", stage.createdDate());
    date(reply, "lastUpdatedDate", stage.lastUpdatedDate());
    dropFalse(reply, "autoDeploy");
    dropFalse(reply, MANAGED);
    ObjectNode settings = reply.withObject("defaultRouteSettings");
    byDefault(settings, "detailedMetricsEnabled", Json.object().booleanNode(false));
    if (!api.isHttp()) {
      // AWS: source: reported, answers for WebSocket APIs.
      byDefault(settings, "dataTraceEnabled", Json.object().booleanNode(false));
      byDefault(settings, "loggingLevel", Json.object().stringNode("OFF"));
    }
    return withObject(reply, TAGS);
  }

  private static void byDefault(ObjectNode node, String member, JsonNode value) {
    if (!node.has(member)) {
      node.set(member, value);
    }
  }

  private static ObjectNode withObject(ObjectNode reply, String member) {
    if (!reply.has(member)) {
      reply.putObject(member);
    }
    return reply;
  }

  /** Seconds, of which the wire makes a date of ISO 8601. */
  private static void date(ObjectNode reply, String member, Instant date) {
    reply.put(member, date.getEpochSecond());
  }

  private static void dropFalse(ObjectNode reply, String member) {
    if (reply.has(member) && !reply.get(member).booleanValue()) {
      reply.remove(member);
    }
  }

  private static void dropEmpty(ObjectNode reply, String member) {
    if (reply.has(member) && reply.get(member).isEmpty()) {
      reply.remove(member);
    }
  }
}
