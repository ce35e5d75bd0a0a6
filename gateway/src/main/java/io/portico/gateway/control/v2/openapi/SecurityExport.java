package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.AuthorizerRecord.JwtConfiguration;
import io.portico.gateway.model.v2.RouteRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Authorizers as security schemes, and which routes need them. */
// AWS: of JWT authorizers: source: exports in public repositories; of others assumed, after v1's.
final class SecurityExport {
  private static final String UNUSED = "Unused";
  private static final Pattern SINGLE_SOURCE =
      Pattern.compile("\\$request\\.(header|querystring)\\.([^,\\s]+)");

  private final Map<String, AuthorizerRecord> authorizers = new LinkedHashMap<>();
  private final boolean extensions;

  SecurityExport(List<AuthorizerRecord> authorizers, boolean extensions) {
    authorizers.stream()
        .sorted(Comparator.comparing(AuthorizerRecord::name))
        .forEach(authorizer -> this.authorizers.put(authorizer.authorizerId(), authorizer));
    this.extensions = extensions;
  }

  /** What the route demands of whom an authorizer judges. */
  void write(ObjectNode operation, RouteRecord route) {
    String scheme = scheme(route);
    if (scheme != null) {
      ArrayNode scopes = operation.putArray("security").addObject().putArray(scheme);
      if (route.authorizationScopes() != null) {
        route.authorizationScopes().forEach(scopes::add);
      }
    }
  }

  private @Nullable String scheme(RouteRecord route) {
    String type = route.authorizationType();
    if (!RouteRules.usesAuthorizer(type)) {
      return null;
    }
    // An authorizer that is gone is named by its id, which no scheme has: whoever imports the
    // document is refused rather than left with an open route.
    String id = route.authorizerId() == null ? type : route.authorizerId();
    AuthorizerRecord authorizer = authorizers.get(id);
    return authorizer == null ? id : authorizer.name();
  }

  /** All authorizers. */
  ObjectNode schemes() {
    ObjectNode schemes = Json.object();
    authorizers.values().forEach(each -> write(schemes.putObject(each.name()), each));
    return schemes;
  }

  private void write(ObjectNode scheme, AuthorizerRecord authorizer) {
    List<String> sources =
        authorizer.identitySource() == null ? List.of() : authorizer.identitySource();
    if (authorizer.authorizerType().equals(RouteRules.JWT)) {
      scheme.put("type", "oauth2");
      scheme.putObject("flows");
    } else {
      Matcher single = SINGLE_SOURCE.matcher(sources.size() == 1 ? sources.getFirst() : "");
      boolean named = single.matches();
      scheme
          .put("type", "apiKey")
          .put("name", named ? single.group(2) : UNUSED)
          .put("in", named && single.group(1).equals("querystring") ? "query" : "header");
    }
    if (extensions) {
      details(scheme.putObject(Extensions.AUTHORIZER), authorizer, sources);
    }
  }

  private static void details(ObjectNode node, AuthorizerRecord authorizer, List<String> sources) {
    if (!sources.isEmpty()) {
      node.put("identitySource", String.join(",", sources));
    }
    put(node, "authorizerUri", authorizer.authorizerUri());
    put(node, "authorizerCredentials", authorizer.authorizerCredentialsArn());
    put(node, "authorizerPayloadFormatVersion", authorizer.authorizerPayloadFormatVersion());
    put(node, "identityValidationExpression", authorizer.identityValidationExpression());
    if (authorizer.authorizerResultTtlInSeconds() != null) {
      node.put(
          "authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds().intValue());
    }
    if (authorizer.enableSimpleResponses() != null) {
      node.put("enableSimpleResponses", authorizer.enableSimpleResponses().booleanValue());
    }
    JwtConfiguration configuration = authorizer.jwtConfiguration();
    if (configuration != null) {
      ObjectNode jwt = node.putObject("jwtConfiguration");
      if (configuration.audience() != null) {
        ArrayNode audience = jwt.putArray("audience");
        configuration.audience().forEach(audience::add);
      }
      put(jwt, "issuer", configuration.issuer());
    }
    node.put("type", authorizer.authorizerType().toLowerCase(Locale.ROOT));
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
