package io.portico.gateway.control.v1;

import io.portico.gateway.control.rules.ResourcePolicy;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.VpcLinkRecord;
import io.portico.gateway.store.RecordCodec;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as AWS replies them: what is unset or empty is left out, with the exceptions that were
 * recorded (GEN-26, GEN-27).
 */
final class Reply {
  private Reply() {}

  static ObjectNode empty() {
    return Json.object();
  }

  /** As CreateRestApi and the list reply it: no tags where there are none. */
  static ObjectNode restApi(RestApiRecord api) {
    ObjectNode reply = RecordCodec.tree(api);
    reply.remove("accountId");
    reply.remove("region");
    date(reply, "createdDate", api.createdDate());
    dropEmpty(reply, "binaryMediaTypes");
    dropEmpty(reply, "tags");
    if (reply.get("endpointConfiguration") instanceof ObjectNode endpoint) {
      dropEmpty(endpoint, "vpcEndpointIds");
    }
    if (api.policy() != null) {
      reply.put("policy", ResourcePolicy.escaped(api.policy()));
    }
    return reply;
  }

  /** As everything that replies one API that was there before: tags even where there are none. */
  static ObjectNode restApiWithTags(RestApiRecord api) {
    return withTags(restApi(api));
  }

  /** Tags even where there are none. */
  static ObjectNode withTags(ObjectNode reply) {
    if (!reply.has("tags")) {
      reply.putObject("tags");
    }
    return reply;
  }

  /**
   * @param embedMethods whether methods come whole; else each is an empty object (RES-02)
   */
  static ObjectNode resource(ResourceRecord resource, boolean embedMethods) {
    ObjectNode reply = RecordCodec.tree(resource);
    reply.remove("methods");
    if (!resource.methods().isEmpty()) {
      ObjectNode methods = reply.putObject("resourceMethods");
      for (Map.Entry<String, MethodRecord> method : resource.methods().entrySet()) {
        methods.set(method.getKey(), embedMethods ? method(method.getValue()) : Json.object());
      }
    }
    return reply;
  }

  static ObjectNode method(MethodRecord method) {
    ObjectNode reply = RecordCodec.tree(method);
    dropEmpty(reply, "authorizationScopes");
    dropEmpty(reply, "requestParameters");
    dropEmpty(reply, "requestModels");
    dropEmpty(reply, "methodResponses");
    if (reply.get("methodIntegration") instanceof ObjectNode integration) {
      shapeIntegration(integration);
    }
    return reply;
  }

  static ObjectNode methodResponse(MethodResponseRecord response) {
    return RecordCodec.tree(response);
  }

  static ObjectNode integration(IntegrationRecord integration) {
    ObjectNode reply = RecordCodec.tree(integration);
    shapeIntegration(reply);
    return reply;
  }

  private static void shapeIntegration(ObjectNode reply) {
    dropEmpty(reply, "requestParameters");
    dropEmpty(reply, "requestTemplates");
    dropEmpty(reply, "integrationResponses");
    if (!reply.has("cacheKeyParameters")) {
      reply.putArray("cacheKeyParameters");
    }
  }

  static ObjectNode integrationResponse(IntegrationResponseRecord response) {
    return RecordCodec.tree(response);
  }

  static ObjectNode model(ModelRecord model) {
    return RecordCodec.tree(model);
  }

  static ObjectNode requestValidator(RequestValidatorRecord validator) {
    return RecordCodec.tree(validator);
  }

  // AWS: parameters show when there are none; source: GEN-26, GWR-02.
  static ObjectNode gatewayResponse(GatewayResponseRecord response, boolean byDefault) {
    ObjectNode reply = RecordCodec.tree(response);
    if (!reply.has("responseParameters")) {
      reply.putObject("responseParameters");
    }
    dropEmpty(reply, "responseTemplates");
    return reply.put("defaultResponse", byDefault);
  }

  static ObjectNode deployment(DeploymentRecord deployment) {
    ObjectNode reply = Json.object();
    reply.put("id", deployment.id());
    if (deployment.description() != null) {
      reply.put("description", deployment.description());
    }
    date(reply, "createdDate", deployment.createdDate());
    return reply;
  }

  static ObjectNode stage(StageRecord stage) {
    ObjectNode reply = RecordCodec.tree(stage);
    date(reply, "createdDate", stage.createdDate());
    date(reply, "lastUpdatedDate", stage.lastUpdatedDate());
    dropEmpty(reply, "variables");
    dropEmpty(reply, "tags");
    dropEmpty(reply, "accessLogSettings");
    if (reply.get("canarySettings") instanceof ObjectNode canary) {
      dropEmpty(canary, "stageVariableOverrides");
    }
    return reply;
  }

  // AWS: source: AUT-02.
  static ObjectNode authorizer(AuthorizerRecord authorizer) {
    ObjectNode reply = RecordCodec.tree(authorizer);
    dropEmpty(reply, "providerARNs");
    return reply;
  }

  static ObjectNode vpcLink(VpcLinkRecord link) {
    return RecordCodec.tree(link);
  }

  /** Without the private key, which nobody is told. */
  static ObjectNode clientCertificate(ClientCertificateRecord certificate) {
    ObjectNode reply = RecordCodec.tree(certificate);
    reply.remove("privateKey");
    date(reply, "createdDate", certificate.createdDate());
    date(reply, "expirationDate", certificate.expirationDate());
    return reply;
  }

  static void date(ObjectNode reply, String member, Instant date) {
    reply.put(member, date.getEpochSecond());
  }

  private static void dropEmpty(ObjectNode reply, String member) {
    if (reply.has(member) && reply.get(member).isEmpty()) {
      reply.remove(member);
    }
  }
}
