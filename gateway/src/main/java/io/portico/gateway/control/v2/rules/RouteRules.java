package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.RouteResponseRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a route may be and refer to. */
public final class RouteRules {
  public static final String NONE = "NONE";
  public static final String AWS_IAM = "AWS_IAM";
  public static final String CUSTOM = "CUSTOM";
  public static final String JWT = "JWT";
  public static final String CONNECT = "$connect";

  private static final String TARGET = "integrations/";

  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html.
  private static final Pattern REQUEST_PARAMETER =
      Pattern.compile("route\\.request\\.(multivalue)?(querystring|header)\\.[a-zA-Z0-9._$-]+");
  private static final Pattern RESPONSE_PARAMETER =
      Pattern.compile("route\\.response\\.header\\.[a-zA-Z0-9._$-]+");

  // AWS: "restricted to $default only", whose dollar sign can be escaped; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html.
  // The text of the refusal is assumed.
  private static final Set<String> RESPONSE_SELECTIONS = Set.of("$default", "\\$default");

  // AWS: from 1 to 64 characters; source: documented, the names of the model's shapes. That it is a
  // scope token (RFC 6749, 3.3), which is all that a token can name, is assumed.
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,64}");

  private RouteRules() {}

  /**
   * The route without what its authorization has no use for. A response selection that is as it was
   * holds up no change of something else.
   *
   * @param before what it replaces, or null
   * @throws ServiceException if it is not one that AWS takes
   */
  // AWS: the texts: reported, https://github.com/badmintoncryer/cdk-preflight, where nothing else
  // is said.
  public static RouteRecord accepted(
      RouteRecord route, ApiRecord api, RouteReferences references, @Nullable RouteRecord before) {
    if (api.isHttp()) {
      RouteKey _ = RouteKey.parse(route.routeKey());
      checkHttp(route);
    } else {
      checkWebSocket(route, references);
      String responses = route.routeResponseSelectionExpression();
      if (before == null || !Objects.equals(responses, before.routeResponseSelectionExpression())) {
        checkResponseSelection(responses);
      }
    }
    checkTarget(route.target(), references);
    checkAuthorization(route, references);
    return settled(route);
  }

  private static void checkHttp(RouteRecord route) {
    if (route.apiKeyRequired()) {
      throw Protocols.onlyForWebSocket("ApiKeyRequired");
    }
    Protocols.refuseForHttp("ModelSelectionExpression", route.modelSelectionExpression());
    Protocols.refuseForHttp("RequestModels", route.requestModels());
    Protocols.refuseForHttp("RequestParameters", route.requestParameters());
    Protocols.refuseForHttp(
        "RouteResponseSelectionExpression", route.routeResponseSelectionExpression());
  }

  private static void checkWebSocket(RouteRecord route, RouteReferences references) {
    if (route.routeKey().isBlank()) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("Invalid route key specified");
    }
    if (!route.authorizationType().equals(NONE) && !route.routeKey().equals(CONNECT)) {
      throw ServiceException.badRequest(
          "Currently, authorization is restricted to the $connect route only");
    }
    checkParameters(REQUEST_PARAMETER, route.requestParameters());
    checkModels(route.requestModels(), references);
  }

  private static void checkResponseSelection(@Nullable String expression) {
    if (expression != null && !RESPONSE_SELECTIONS.contains(expression)) {
      throw ServiceException.badRequest(
          "Currently, only $default is supported as a RouteResponseSelectionExpression.");
    }
  }

  // AWS: the text is v1's: MTH-08.
  private static void checkParameters(Pattern pattern, @Nullable Map<String, Boolean> parameters) {
    if (parameters != null) {
      for (String name : parameters.keySet()) {
        if (!pattern.matcher(name).matches()) {
          throw ParameterMappings.invalid("Invalid mapping expression specified: " + name);
        }
      }
    }
  }

  // AWS: the text is v1's: MTH-07.
  private static void checkModels(
      @Nullable Map<String, String> models, RouteReferences references) {
    Collection<String> names = models == null ? List.of() : models.values();
    for (String name : names) {
      if (!references.hasModel(name)) {
        throw ServiceException.badRequest("Invalid model identifier specified: " + name);
      }
    }
  }

  // AWS: the text for an integration that is not there is assumed.
  private static void checkTarget(@Nullable String target, RouteReferences references) {
    if (target == null) {
      return;
    }
    String integrationId = integrationOf(target);
    if (integrationId == null) {
      throw ServiceException.badRequest(
          "Unexpected or malformed target in route. Correct format should be"
              + " integrations/<integration_id>.");
    }
    if (!references.hasIntegration(integrationId)) {
      throw ServiceException.badRequest("Invalid Integration identifier specified");
    }
  }

  /** The id of the integration that a target names, or null where it names none. */
  public static @Nullable String integrationOf(@Nullable String target) {
    return target == null || !target.startsWith(TARGET) || target.length() == TARGET.length()
        ? null
        : target.substring(TARGET.length());
  }

  /** What leads to an integration. */
  public static String target(String integrationId) {
    return TARGET + integrationId;
  }

  // AWS: the texts for CUSTOM, which is after that for JWT, and for scopes are assumed.
  private static void checkAuthorization(RouteRecord route, RouteReferences references) {
    String type = route.authorizationType();
    List<String> scopes = route.authorizationScopes();
    if (scopes != null && !type.equals(JWT)) {
      throw ServiceException.badRequest(
          "Invalid Route authorization type specified. Authorization Scopes are only valid for"
              + " COGNITO_USER_POOLS and JWT authorization types");
    }
    for (String scope : scopes == null ? List.<String>of() : scopes) {
      if (!SCOPE.matcher(scope).matches()) {
        throw ServiceException.badRequest("Invalid authorization scope specified: " + scope);
      }
    }
    if (!usesAuthorizer(type)) {
      return;
    }
    String wanted = type.equals(JWT) ? JWT : AuthorizerRules.REQUEST;
    String authorizerId = route.authorizerId();
    if (authorizerId == null
        || references
            .authorizer(authorizerId)
            .filter(authorizer -> authorizer.authorizerType().equals(wanted))
            .isEmpty()) {
      throw ServiceException.badRequest(
          "Invalid authorizer ID specified. Setting the authorization type to %s requires a valid"
                  .formatted(type)
              + " %s authorizer.".formatted(wanted));
    }
  }

  public static boolean usesAuthorizer(String authorizationType) {
    return authorizationType.equals(JWT) || authorizationType.equals(CUSTOM);
  }

  // AWS: that an authorizer of a route that needs none is accepted and ignored is assumed, after
  // MTH-12 of v1.
  private static RouteRecord settled(RouteRecord route) {
    return new RouteRecord(
        route.routeId(),
        route.routeKey(),
        route.target(),
        route.authorizationType(),
        usesAuthorizer(route.authorizationType()) ? route.authorizerId() : null,
        route.authorizationScopes(),
        route.apiKeyRequired(),
        route.modelSelectionExpression(),
        route.operationName(),
        route.requestModels(),
        route.requestParameters(),
        route.routeResponseSelectionExpression(),
        route.routeResponses(),
        route.apiGatewayManaged());
  }

  /**
   * Whether a route can stand beside the others of its API.
   *
   * @param others whose ids are not its own
   */
  public static void checkKey(ApiRecord api, RouteRecord route, Collection<RouteRecord> others) {
    RouteKeys keys = new RouteKeys();
    for (RouteRecord other : others) {
      if (!other.routeId().equals(route.routeId())) {
        add(keys, api, other);
      }
    }
    add(keys, api, route);
  }

  private static void add(RouteKeys keys, ApiRecord api, RouteRecord route) {
    if (api.isHttp()) {
      keys.add(route.routeKey(), RouteKey.parse(route.routeKey()));
    } else {
      keys.add(route.routeKey());
    }
  }

  /**
   * Whether a route may answer so.
   *
   * @throws ServiceException if it is not a response that AWS takes
   */
  public static void check(
      ApiRecord api, RouteResponseRecord response, RouteReferences references) {
    if (api.isHttp()) {
      throw ServiceException.badRequest(
          "RouteResponses are currently not supported for this API protocol type.");
    }
    if (!response.routeResponseKey().equals(RouteKey.DEFAULT)) {
      throw ServiceException.badRequest(
          "Currently, only $default is supported as a RouteResponseKey.");
    }
    checkParameters(RESPONSE_PARAMETER, response.responseParameters());
    checkModels(response.responseModels(), references);
  }
}
