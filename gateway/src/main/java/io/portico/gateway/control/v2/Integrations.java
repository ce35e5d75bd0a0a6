package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationRecord.TlsConfig;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Integrations: the backends of routes. */
public final class Integrations {
  private static final String SUBTYPE = "integrationSubtype";

  private final V2Environment environment;

  Integrations(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateIntegration", this::createIntegration)
        .add("GetIntegration", this::getIntegration)
        .add("GetIntegrations", this::getIntegrations)
        .add("UpdateIntegration", this::updateIntegration)
        .add("DeleteIntegration", this::deleteIntegration);
  }

  public ObjectNode createIntegration(OperationCall call) {
    Lengths.ofIntegration(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              IntegrationRecord bare = bare(api, Ids.integration(environment, records, api));
              IntegrationRecord integration =
                  put(records, api, changed(bare, new Update(call.input())), null);
              environment
                  .quotas()
                  .check(
                      Quota.INTEGRATIONS,
                      "API " + api.apiId(),
                      () -> records.count(V2RecordTypes.INTEGRATION, api.apiId()));
              Deploying.changed(environment, records, api);
              return Reply.integration(integration);
            });
  }

  /** A new integration before anything is said of it. */
  private static IntegrationRecord bare(ApiRecord api, String id) {
    return new IntegrationRecord(
        id,
        "",
        null,
        null,
        IntegrationRules.INTERNET,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        IntegrationRules.defaultTimeout(api),
        null,
        List.of(),
        false);
  }

  private static IntegrationRecord changed(IntegrationRecord before, Update update) {
    Integer timeout = update.integer("timeoutInMillis", before.timeoutInMillis());
    return new IntegrationRecord(
        before.integrationId(),
        update.name("integrationType", before.integrationType()),
        update.text("description", before.description()),
        update.text("connectionId", before.connectionId()),
        update.name("connectionType", before.connectionType()),
        update.text("contentHandlingStrategy", before.contentHandlingStrategy()),
        update.text("credentialsArn", before.credentialsArn()),
        update.text("integrationMethod", before.integrationMethod()),
        before.integrationResponseSelectionExpression(),
        update.text(SUBTYPE, before.integrationSubtype()),
        update.text("integrationUri", before.integrationUri()),
        update.text("passthroughBehavior", before.passthroughBehavior()),
        update.text("payloadFormatVersion", before.payloadFormatVersion()),
        update.textMap("requestParameters", before.requestParameters()),
        update.textMap("requestTemplates", before.requestTemplates()),
        update.map("responseParameters", before.responseParameters(), Integrations::mappings),
        update.text("templateSelectionExpression", before.templateSelectionExpression()),
        timeout == null ? before.timeoutInMillis() : timeout,
        tlsConfig(update.structure("tlsConfig"), before.tlsConfig()),
        before.integrationResponses(),
        before.apiGatewayManaged());
  }

  /** What is changed in answers of one status code; nothing takes the code out. */
  // AWS: source: documented, "Remove configured parameter mappings". That those of a code replace
  // what was there is assumed.
  private static @Nullable Map<String, String> mappings(JsonNode sent) {
    Map<String, String> mappings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      if (!entry.getValue().isNull()) {
        mappings.put(entry.getKey(), entry.getValue().asString());
      }
    }
    return mappings.isEmpty() ? null : mappings;
  }

  private static @Nullable TlsConfig tlsConfig(@Nullable Update sent, @Nullable TlsConfig before) {
    if (sent == null) {
      return before;
    }
    String name =
        sent.text("serverNameToVerify", before == null ? null : before.serverNameToVerify());
    return new TlsConfig(name);
  }

  private IntegrationRecord put(
      RecordWriter records,
      ApiRecord api,
      IntegrationRecord integration,
      @Nullable IntegrationRecord before) {
    IntegrationRecord accepted =
        IntegrationRules.accepted(integration, api, environment.quotas(), before);
    // What is as it was holds up no change of something else.
    if (before == null || !Objects.equals(accepted.connectionId(), before.connectionId())) {
      checkLink(records, api, accepted.connectionId());
    }
    environment.apiQuotas().checkTemplates(accepted.requestTemplates(), owner(api, accepted));
    store(records, api, accepted);
    return accepted;
  }

  // AWS: private integrations of WebSocket APIs lead through links of version 1; source: reported,
  // https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/issues/151, with a
  // BadRequestException whose text is assumed. Of which version a link is that a stage variable
  // names is known when it is called.
  private static void checkLink(RecordReader records, ApiRecord api, @Nullable String linkId) {
    if (!api.isHttp()
        && linkId != null
        && records.find(V2RecordTypes.VPC_LINK, api.scope(), linkId).isPresent()) {
      throw ServiceException.badRequest("VpcLinkV2 is not supported for WebSocket APIs");
    }
  }

  static String owner(ApiRecord api, IntegrationRecord integration) {
    return "integration %s of API %s".formatted(integration.integrationId(), api.apiId());
  }

  static void store(RecordWriter records, ApiRecord api, IntegrationRecord integration) {
    records.put(V2RecordTypes.INTEGRATION, api.apiId(), integration.integrationId(), integration);
  }

  public ObjectNode getIntegration(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.integration(new Finder(records, call).integration()));
  }

  public ObjectNode getIntegrations(OperationCall call) {
    return Lists.ofApi(
        environment,
        call,
        V2RecordTypes.INTEGRATION,
        IntegrationRecord::integrationId,
        Reply::integration);
  }

  public ObjectNode updateIntegration(OperationCall call) {
    Lengths.ofIntegration(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              IntegrationRecord before = finder.integration();
              checkSubtype(before, call.input());
              IntegrationRecord integration =
                  put(records, finder.api(), changed(before, new Update(call.input())), before);
              Deploying.changed(environment, records, finder.api());
              return Reply.integration(integration);
            });
  }

  // AWS: an update that does not name the subtype again is taken for one of an integration with a
  // URI; source: reported, measured by https://github.com/go-to-k/cdkd.
  private static void checkSubtype(IntegrationRecord before, Input input) {
    if (before.integrationSubtype() != null && !input.has(SUBTYPE)) {
      throw ServiceException.badRequest("Invalid integration URI specified");
    }
  }

  // AWS: source: reported by users of AWS's clients,
  // https://github.com/milliHQ/terraform-aws-next-js/issues/247; that an integration of quick
  // create is not deleted is documented, Integration.apiGatewayManaged, its text assumed.
  public ObjectNode deleteIntegration(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              IntegrationRecord integration = finder.integration();
              List<String> users = users(records, api, integration);
              if (!users.isEmpty()) {
                throw ServiceException.conflict(
                    "Cannot delete Integration because it is referenced by the following Routes"
                        + " with Ids: "
                        + users);
              }
              if (integration.apiGatewayManaged()) {
                throw ServiceException.badRequest(
                    "An integration that is managed by API Gateway cannot be deleted");
              }
              records.delete(V2RecordTypes.INTEGRATION, api.apiId(), integration.integrationId());
              Deploying.changed(environment, records, api);
              return Reply.empty();
            });
  }

  private static List<String> users(
      RecordReader records, ApiRecord api, IntegrationRecord integration) {
    String target = RouteRules.target(integration.integrationId());
    return records.list(V2RecordTypes.ROUTE, api.apiId()).stream()
        .filter(route -> target.equals(route.target()))
        .map(RouteRecord::routeId)
        .toList();
  }
}
