package io.portico.gateway.control.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.MethodRecord;
import java.util.ArrayList;
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

/** What methods demand of their callers, and the schemes that say how. */
// AWS: names of schemes and their form; source: exports in AWS's developer guide and public
// repositories.
final class SecurityExport {
  private static final String SIGV4 = "sigv4";
  private static final String API_KEY = "api_key";
  private static final String UNUSED = "Unused";
  private static final Pattern SINGLE_SOURCE =
      Pattern.compile("method\\.request\\.(header|querystring)\\.([^,\\s]+)");

  private final Map<String, AuthorizerRecord> authorizers = new LinkedHashMap<>();
  private final boolean details;
  private boolean sigv4;
  private boolean apiKey;

  SecurityExport(List<AuthorizerRecord> authorizers, boolean details) {
    // Ids are random: by their names, the same API is the same document wherever it was imported.
    List<AuthorizerRecord> ordered = new ArrayList<>(authorizers);
    ordered.sort(Comparator.comparing(AuthorizerRecord::name));
    ordered.forEach(authorizer -> this.authorizers.put(authorizer.id(), authorizer));
    this.details = details;
  }

  /** The operation's demands; remembers which schemes they need. */
  void write(ObjectNode operation, MethodRecord method) {
    ArrayNode security = Json.array();
    String scheme = scheme(method);
    if (scheme != null) {
      ArrayNode scopes = security.addObject().putArray(scheme);
      if (method.authorizationScopes() != null) {
        method.authorizationScopes().forEach(scopes::add);
      }
    }
    if (method.apiKeyRequired()) {
      apiKey = true;
      security.addObject().putArray(API_KEY);
    }
    if (!security.isEmpty()) {
      operation.set("security", security);
    }
  }

  private @Nullable String scheme(MethodRecord method) {
    String type = method.authorizationType();
    if (type.equals("NONE")) {
      return null;
    }
    if (type.equals("AWS_IAM")) {
      sigv4 = true;
      return SIGV4;
    }
    // An authorizer that is gone is named by its id, which no scheme has: whoever imports the
    // document is refused rather than left with an open method.
    String id = method.authorizerId() == null ? type : method.authorizerId();
    AuthorizerRecord authorizer = authorizers.get(id);
    return authorizer == null ? id : authorizer.name();
  }

  /** All authorizers, and what else the operations written before need. */
  ObjectNode schemes() {
    ObjectNode schemes = Json.object();
    for (AuthorizerRecord authorizer : authorizers.values()) {
      scheme(schemes.putObject(authorizer.name()), authorizer);
    }
    if (sigv4) {
      apiKeyScheme(schemes.putObject(SIGV4), "Authorization", "header")
          .put(Extensions.AUTHTYPE, Extensions.SIGV4);
    }
    if (apiKey) {
      apiKeyScheme(schemes.putObject(API_KEY), "x-api-key", "header");
    }
    return schemes;
  }

  private static ObjectNode apiKeyScheme(ObjectNode scheme, String name, String in) {
    return scheme.put("type", "apiKey").put("name", name).put("in", in);
  }

  private void scheme(ObjectNode scheme, AuthorizerRecord authorizer) {
    String source = authorizer.identitySource() == null ? "" : authorizer.identitySource();
    Matcher single = SINGLE_SOURCE.matcher(source);
    boolean named = single.matches();
    apiKeyScheme(
        scheme,
        named ? single.group(2) : UNUSED,
        named && single.group(1).equals("querystring") ? "query" : "header");
    if (authorizer.authType() != null) {
      scheme.put(Extensions.AUTHTYPE, authorizer.authType());
    }
    if (details) {
      authorizer(scheme.putObject(Extensions.AUTHORIZER), authorizer, named);
    }
  }

  private static void authorizer(ObjectNode node, AuthorizerRecord authorizer, boolean named) {
    if (!named || authorizer.type().equals("REQUEST")) {
      put(node, "identitySource", authorizer.identitySource());
    }
    put(node, "authorizerUri", authorizer.authorizerUri());
    put(node, "authorizerCredentials", authorizer.authorizerCredentials());
    put(node, "identityValidationExpression", authorizer.identityValidationExpression());
    if (authorizer.authorizerResultTtlInSeconds() != null) {
      node.put("authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds());
    }
    if (authorizer.providerARNs() != null) {
      ArrayNode arns = node.putArray("providerARNs");
      authorizer.providerARNs().forEach(arns::add);
    }
    node.put("type", authorizer.type().toLowerCase(Locale.ROOT));
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
