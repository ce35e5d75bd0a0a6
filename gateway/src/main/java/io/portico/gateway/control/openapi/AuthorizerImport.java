package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.AuthorizerRules;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Security schemes become <b>authorizers</b>, or what else they stand for.
 *
 * <p>The type of an authorizer is taken as written, known or not: a method whose authorizer cannot
 * be run is closed, one whose authorizer was left out is open.
 */
final class AuthorizerImport {
  static final String COGNITO = "COGNITO_USER_POOLS";
  private static final String API_KEY_HEADER = "x-api-key";
  private static final String API_KEY_TYPE = "apiKey";
  private static final String API_KEY_SCHEME = "api_key";
  // AWS: the name of a scheme whose authorizer has no identity source, or several; source:
  // documented, x-amazon-apigateway-authorizer.
  private static final String UNUSED = "Unused";

  private final Map<String, AuthorizerRecord> existing = new LinkedHashMap<>();
  private final Map<String, AuthorizerRecord> authorizers = new LinkedHashMap<>();
  private final Map<String, SchemeUse> uses = new LinkedHashMap<>();
  private final FreshIds ids;
  private final Quotas quotas;
  private final Findings findings;

  /**
   * @param kept existing authorizers that stay unless the document has one of the same name
   */
  AuthorizerImport(
      OpenApiDocument document,
      List<AuthorizerRecord> existing,
      List<AuthorizerRecord> kept,
      FreshIds ids,
      Quotas quotas,
      Findings findings) {
    this.ids = ids;
    this.quotas = quotas;
    this.findings = findings;
    existing.forEach(authorizer -> this.existing.put(authorizer.name(), authorizer));
    kept.forEach(authorizer -> authorizers.put(authorizer.name(), authorizer));
    document.securitySchemes().forEach((name, scheme) -> uses.put(name, useOf(name, scheme)));
  }

  List<AuthorizerRecord> authorizers() {
    return List.copyOf(authorizers.values());
  }

  /** What the scheme of that name stands for, defined or not. */
  SchemeUse use(String name) {
    SchemeUse use = uses.get(name);
    if (use != null) {
      return use;
    }
    AuthorizerRecord authorizer = authorizers.get(name);
    if (authorizer != null) {
      return new SchemeUse.Authorizer(authorizer);
    }
    // AWS: its own sample names api_key without defining it; source: documented, sample API with
    // basic request validation.
    return name.equals(API_KEY_SCHEME)
        ? new SchemeUse.ApiKey()
        : new SchemeUse.Unknown("Security scheme '" + name + "' is not defined");
  }

  private SchemeUse useOf(String name, SecurityScheme scheme) {
    JsonNode extension = scheme.extensions().get(Extensions.AUTHORIZER);
    JsonNode authType = scheme.extensions().get(Extensions.AUTHTYPE);
    String type = authType == null || authType.isNull() ? null : authType.asString("");
    if (extension != null && !extension.isNull()) {
      return authorizer(name, scheme, type, extension);
    }
    if (type != null) {
      return withoutAuthorizer(name, type);
    }
    if (!scheme.type().equals(API_KEY_TYPE)) {
      // AWS: source: what its console reports for other types.
      return new SchemeUse.Ignored(
          "Unsupported security definition type '"
              + scheme.type()
              + "' for '"
              + name
              + "'. Ignoring.");
    }
    if (scheme.name() != null && !scheme.name().equalsIgnoreCase(API_KEY_HEADER)) {
      findings.warning(
          "Security scheme '"
              + name
              + "' has no authorizer: methods will require an API key in the"
              + " header "
              + API_KEY_HEADER);
    }
    // AWS: source: IMP-20.
    return new SchemeUse.ApiKey();
  }

  private SchemeUse withoutAuthorizer(String name, String type) {
    if (type.equalsIgnoreCase(Extensions.SIGV4)) {
      return new SchemeUse.Iam();
    }
    AuthorizerRecord kept = authorizers.get(name);
    return kept == null
        ? new SchemeUse.Unknown("Security scheme '" + name + "' has no authorizer")
        : new SchemeUse.Authorizer(kept);
  }

  private SchemeUse authorizer(
      String name, SecurityScheme scheme, @Nullable String authType, JsonNode extension) {
    Fields fields =
        new Fields(
            extension, () -> Findings.invalid("The authorizer of '" + name + "' is malformed"));
    String type = fields.name("type");
    if (type == null || type.isEmpty()) {
      throw refused(name, "Authorizer type must be specified");
    }
    AuthorizerRecord before = existing.get(name);
    AuthorizerRecord authorizer =
        new AuthorizerRecord(
            before == null ? ids.next() : before.id(),
            name,
            type,
            fields.texts("providerARNs"),
            // AWS: source: IMP-21; where the document gives none, that of AUT-02.
            authType == null ? AuthorizerRules.defaultAuthType(type) : authType,
            fields.text("authorizerUri"),
            fields.text("authorizerCredentials"),
            identitySource(fields.text("identitySource"), scheme),
            fields.text("identityValidationExpression"),
            fields.integer("authorizerResultTtlInSeconds"));
    try {
      AuthorizerRules.check(authorizer, quotas).ifPresent(findings::warning);
    } catch (ServiceException e) {
      throw refused(name, e.text());
    }
    authorizers.put(name, authorizer);
    return new SchemeUse.Authorizer(authorizer);
  }

  // AWS: source: IMP-22.
  private static @Nullable String identitySource(@Nullable String given, SecurityScheme scheme) {
    if (given != null && !given.isBlank()) {
      return given;
    }
    if (scheme.name() == null || scheme.in() == null || scheme.name().equals(UNUSED)) {
      return null;
    }
    return switch (scheme.in()) {
      case "header" -> "method.request.header." + scheme.name();
      case "query" -> "method.request.querystring." + scheme.name();
      default -> null;
    };
  }

  private static ServiceException refused(String name, String why) {
    return ServiceException.badRequest(
        "Errors found during import:\n\tUnable to create authorizer '" + name + "': " + why);
  }
}
