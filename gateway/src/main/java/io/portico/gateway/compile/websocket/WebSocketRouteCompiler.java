package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.BodyModels;
import io.portico.gateway.compile.ParameterExpressions;
import io.portico.gateway.compile.RouteLimits;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.ApiKeySource;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ParameterPlace;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.RequestValidation.RequiredParameter;
import io.portico.gateway.snapshot.websocket.ModelSelection;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles an API's routes. */
final class WebSocketRouteCompiler {
  private static final String TARGET = "integrations/";

  private final ApiDefinition definition;
  private final StageRecord stage;
  private final ConnectAuthorization authorization;
  private final WebSocketIntegrationCompiler integrations;
  private final BodyModels models;

  WebSocketRouteCompiler(
      ApiDefinition definition,
      StageRecord stage,
      ConnectAuthorization authorization,
      WebSocketIntegrationCompiler integrations) {
    this.definition = definition;
    this.stage = stage;
    this.authorization = authorization;
    this.integrations = integrations;
    this.models =
        new BodyModels(
            definition.api().apiId(),
            definition.models().stream().map(WebSocketRouteCompiler::ofRestApi).toList());
  }

  /** By key. */
  Map<String, WebSocketRoute> compile() {
    Map<String, WebSocketRoute> routes = new HashMap<>();
    for (RouteRecord record : definition.routes()) {
      routes.put(record.routeKey(), route(record));
    }
    return Map.copyOf(routes);
  }

  private WebSocketRoute route(RouteRecord record) {
    Authorization admitted = authorization.of(record);
    ApiKeySource apiKeySource = null;
    if (record.apiKeyRequired()) {
      apiKeySource = apiKeySource(definition.api().apiKeySelectionExpression());
      if (apiKeySource == null) {
        admitted = closed("apiKeySelectionExpression");
      }
    }
    WebSocketIntegration integration = integration(record.target());
    ModelSelection selection = null;
    try {
      selection = models(record);
    } catch (JsonSchemaException | UnusableException e) {
      // AWS: takes such a route; what it answers is not known. Nothing unvalidated passes.
      integration =
          WebSocketIntegrationCompiler.broken("messages cannot be validated: " + e.getMessage());
    }
    RouteLimits limits = RouteLimits.of(stage, record.routeKey());
    return new WebSocketRoute(
        record.routeId(),
        record.routeKey(),
        admitted,
        apiKeySource,
        required(record.requestParameters()),
        selection,
        integration,
        isTwoWay(record),
        limits.throttle(),
        limits.metricsEnabled(),
        limits.logging());
  }

  private static Authorization closed(String setting) {
    return new Authorization.Closed(new Refusal(GatewayResponseType.INVALID_API_KEY, setting));
  }

  /** AWS: these two; source: documented, see {@code SelectionExpression}. */
  private static @Nullable ApiKeySource apiKeySource(String expression) {
    return switch (expression) {
      case "$request.header.x-api-key", "${request.header.x-api-key}" -> ApiKeySource.HEADER;
      case "$context.authorizer.usageIdentifierKey", "${context.authorizer.usageIdentifierKey}" ->
          ApiKeySource.AUTHORIZER;
      default -> null;
    };
  }

  /**
   * AWS: a route with a route response is for two-way communication, and there is only that of
   * {@code $default}; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html,
   * whose command line makes nothing else; reported,
   * https://github.com/hashicorp/terraform-provider-aws/issues/36711. The table of selection
   * expressions says that routeResponseSelectionExpression "should be provided" for this, and not
   * what becomes of a route without: that it answers, too, is assumed.
   */
  private static boolean isTwoWay(RouteRecord record) {
    return record.routeResponses().stream()
        .anyMatch(response -> response.routeResponseKey().equals(WebSocketRoute.DEFAULT));
  }

  private @Nullable WebSocketIntegration integration(@Nullable String target) {
    if (target == null || target.isEmpty()) {
      return null;
    }
    if (target.startsWith(TARGET)) {
      for (IntegrationRecord integration : definition.integrations()) {
        if (integration.integrationId().equals(target.substring(TARGET.length()))) {
          return integrations.compile(integration);
        }
      }
    }
    return WebSocketIntegrationCompiler.broken("there is no integration " + target);
  }

  /** In the order in which AWS names missing ones of a REST API: assumed. */
  private static List<RequiredParameter> required(@Nullable Map<String, Boolean> parameters) {
    List<RequiredParameter> required = new ArrayList<>();
    if (parameters != null) {
      for (ParameterPlace place : ParameterPlace.values()) {
        String prefix = "route.request." + ParameterExpressions.word(place) + ".";
        parameters.forEach(
            (name, isRequired) -> {
              if (isRequired && name.startsWith(prefix)) {
                required.add(new RequiredParameter(place, name.substring(prefix.length())));
              }
            });
      }
    }
    return List.copyOf(required);
  }

  /** AWS: without an expression nothing is validated; source: documented, see the runtime. */
  private @Nullable ModelSelection models(RouteRecord record) throws UnusableException {
    String expression = record.modelSelectionExpression();
    if (expression == null || expression.isEmpty()) {
      return null;
    }
    Map<String, JsonSchema> schemas = new HashMap<>();
    if (record.requestModels() != null) {
      for (Map.Entry<String, String> model : record.requestModels().entrySet()) {
        schemas.put(model.getKey(), models.schema(model.getValue()));
      }
    }
    return new ModelSelection(SelectionExpressions.ofMessage(expression), Map.copyOf(schemas));
  }

  private static io.portico.gateway.model.ModelRecord ofRestApi(ModelRecord model) {
    return new io.portico.gateway.model.ModelRecord(
        model.modelId(),
        model.name(),
        model.description(),
        model.contentType() == null ? "application/json" : model.contentType(),
        model.schema());
  }
}
