package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Fields;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v2.rules.AuthorizerRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.AuthorizerRecord.JwtConfiguration;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.SecurityScheme;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Security schemes become <b>authorizers</b>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html">x-amazon-apigateway-authorizer</a>
 */
final class AuthorizerImport {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String UNUSED = "Unused";

  private final ApiRecord api;
  private final NewIds ids;
  private final Quotas quotas;
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, SchemeUse> uses = new LinkedHashMap<>();

  AuthorizerImport(ApiDefinition before, NewIds ids, Quotas quotas) {
    this.api = before.api();
    this.ids = ids;
    this.quotas = quotas;
    before.authorizers().forEach(each -> known.put(each.name(), each.authorizerId()));
  }

  void read(OpenApiDocument document) {
    document.securitySchemes().forEach((name, scheme) -> uses.put(name, use(name, scheme)));
  }

  /** What a scheme of that name means. */
  SchemeUse use(String name) {
    SchemeUse use = uses.get(name);
    return use == null
        ? new SchemeUse.Undefined("Security scheme '" + name + "' is not defined")
        : use;
  }

  List<AuthorizerRecord> authorizers() {
    List<AuthorizerRecord> authorizers = new ArrayList<>();
    for (SchemeUse use : uses.values()) {
      if (use instanceof SchemeUse.Authorizer(AuthorizerRecord authorizer)) {
        authorizers.add(authorizer);
      }
    }
    return authorizers;
  }

  // AWS: the text for what is ignored is v1's.
  private SchemeUse use(String name, SecurityScheme scheme) {
    JsonNode extension = scheme.extensions().get(Extensions.AUTHORIZER);
    if (extension != null && !extension.isNull()) {
      return new SchemeUse.Authorizer(authorizer(name, scheme, extension));
    }
    String problem = "Security scheme '" + name + "' has no authorizer";
    JsonNode authType = scheme.extensions().get(Extensions.AUTHTYPE);
    if (authType != null && !authType.isNull()) {
      return authType.asString("").equalsIgnoreCase(Extensions.SIGV4)
          ? new SchemeUse.Iam()
          : new SchemeUse.Incomplete(problem);
    }
    return new SchemeUse.Unsupported(
        problem,
        "Unsupported security definition type '%s' for '%s'. Ignoring."
            .formatted(scheme.type(), name));
  }

  private AuthorizerRecord authorizer(String name, SecurityScheme scheme, JsonNode extension) {
    Fields fields =
        new Fields(
            extension, () -> Findings.invalid("The authorizer of '" + name + "' is malformed"));
    String type = fields.name("type");
    if (type == null || (!type.equals(AuthorizerRules.REQUEST) && !type.equals(RouteRules.JWT))) {
      throw refused(name, "Authorizer type must be request or jwt");
    }
    String id = known.get(name);
    AuthorizerRecord authorizer =
        new AuthorizerRecord(
            id == null ? ids.authorizer() : id,
            name,
            type,
            fields.text("authorizerCredentials"),
            fields.text("authorizerPayloadFormatVersion"),
            fields.integer("authorizerResultTtlInSeconds"),
            fields.text("authorizerUri"),
            fields.truth("enableSimpleResponses"),
            sources(fields.separated("identitySource"), type, scheme),
            fields.text("identityValidationExpression"),
            configuration(fields.fields("jwtConfiguration"), scheme));
    try {
      Lengths.ofAuthorizer(RecordCodec.tree(authorizer));
      return AuthorizerRules.accepted(authorizer, api, quotas);
    } catch (ServiceException e) {
      throw refused(name, e.text());
    }
  }

  // AWS: separated by commas; source: documented, x-amazon-apigateway-authorizer. A list, too:
  // reported, AWS SAM writes one. That the scheme's own place is one where nothing else is said is
  // assumed, after v1's IMP-22.
  private static @Nullable List<String> sources(
      @Nullable List<String> written, String type, SecurityScheme scheme) {
    if (written != null && !written.isEmpty()) {
      return written;
    }
    if (!type.equals(AuthorizerRules.REQUEST)
        || scheme.name() == null
        || scheme.in() == null
        || scheme.name().equals(UNUSED)) {
      return null;
    }
    return switch (scheme.in()) {
      case "header" -> List.of("$request.header." + scheme.name());
      case "query" -> List.of("$request.querystring." + scheme.name());
      default -> null;
    };
  }

  // AWS: the issuer of a scheme of OpenID Connect may be told by its address; source: documented,
  // as above.
  private static @Nullable JwtConfiguration configuration(
      @Nullable Fields fields, SecurityScheme scheme) {
    if (fields == null) {
      return null;
    }
    String issuer = fields.text("issuer");
    String address = scheme.openIdConnectUrl();
    if (issuer == null && address != null && address.endsWith(DISCOVERY)) {
      issuer = address.substring(0, address.length() - DISCOVERY.length());
    }
    return new JwtConfiguration(fields.texts("audience"), issuer);
  }

  private static ServiceException refused(String name, String why) {
    return ServiceException.badRequest(
        "Errors found during import:\n\tUnable to create authorizer '" + name + "': " + why);
  }
}
