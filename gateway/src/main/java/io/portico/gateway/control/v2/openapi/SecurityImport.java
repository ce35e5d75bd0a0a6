package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Fields;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.SecurityRequirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operation's {@code security} and {@code x-amazon-apigateway-auth} demand of the caller. A
 * route has one authorization, and is never more open than its document: one that asks for more, or
 * for nothing that is there, is refused.
 */
// AWS: more than one is an error; source: documented,
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html. The texts
// are assumed, and what becomes of schemes that AWS has nothing for.
final class SecurityImport {
  private final AuthorizerImport authorizers;
  private final @Nullable List<SecurityRequirement> common;
  private final Findings findings;
  private final Set<String> warned = new HashSet<>();

  SecurityImport(
      AuthorizerImport authorizers, @Nullable List<SecurityRequirement> common, Findings findings) {
    this.authorizers = authorizers;
    this.common = common;
    this.findings = findings;
  }

  /**
   * @throws ServiceException if there is no such authorization
   */
  RouteAuthorization of(Operation operation) {
    List<SecurityRequirement> requirements =
        operation.security() == null ? common : operation.security();
    RouteAuthorization demanded = RouteAuthorization.OPEN;
    boolean anybody = false;
    List<SchemeUse.Unsupported> unmet = new ArrayList<>();
    for (SecurityRequirement requirement :
        requirements == null ? List.<SecurityRequirement>of() : requirements) {
      SchemeUse.Unsupported unsupported = unsupported(requirement);
      if (unsupported != null) {
        unmet.add(unsupported);
        continue;
      }
      RouteAuthorization way = RouteAuthorization.OPEN;
      for (Map.Entry<String, List<String>> scheme : requirement.schemes().entrySet()) {
        way = both(way, use(scheme.getKey(), scheme.getValue()));
      }
      anybody |= way.equals(RouteAuthorization.OPEN);
      demanded = both(demanded, way);
    }
    JsonNode auth = operation.extensions().get(Extensions.AUTH);
    if (auth != null && !auth.isNull()) {
      demanded = both(demanded, named(auth));
    }
    if (!unmet.isEmpty() && !anybody && demanded.equals(RouteAuthorization.OPEN)) {
      throw ServiceException.badRequest(unmet.getFirst().problem());
    }
    unmet.stream()
        .map(SchemeUse.Unsupported::warning)
        .filter(warned::add)
        .forEach(findings::warning);
    return demanded;
  }

  /** A scheme which nobody can meet, so that the requirement is no way in. */
  private SchemeUse.@Nullable Unsupported unsupported(SecurityRequirement requirement) {
    for (String scheme : requirement.schemes().keySet()) {
      if (authorizers.use(scheme) instanceof SchemeUse.Unsupported unsupported) {
        return unsupported;
      }
    }
    return null;
  }

  private RouteAuthorization use(String scheme, List<String> scopes) {
    return switch (authorizers.use(scheme)) {
      case SchemeUse.Iam() -> new RouteAuthorization(RouteRules.AWS_IAM, null, null);
      case SchemeUse.Authorizer(AuthorizerRecord authorizer) -> of(authorizer, scopes);
      case SchemeUse.Unsupported(String problem, String _) ->
          throw ServiceException.badRequest(problem);
      case SchemeUse.Incomplete(String problem) -> throw ServiceException.badRequest(problem);
      case SchemeUse.Undefined(String problem) -> {
        // AWS SAM writes a scheme of this name, defined nowhere, for routes that are open.
        if (scheme.equals(RouteRules.NONE)) {
          yield RouteAuthorization.OPEN;
        }
        throw ServiceException.badRequest(problem);
      }
    };
  }

  private static RouteAuthorization of(AuthorizerRecord authorizer, List<String> scopes) {
    boolean jwt = authorizer.authorizerType().equals(RouteRules.JWT);
    return new RouteAuthorization(
        jwt ? RouteRules.JWT : RouteRules.CUSTOM,
        authorizer.authorizerId(),
        jwt && !scopes.isEmpty() ? List.copyOf(scopes) : null);
  }

  private static RouteAuthorization named(JsonNode auth) {
    String type =
        new Fields(auth, () -> ServiceException.badRequest(Extensions.AUTH + " is malformed"))
            .name("type");
    if (RouteRules.AWS_IAM.equals(type)) {
      return new RouteAuthorization(RouteRules.AWS_IAM, null, null);
    }
    if (RouteRules.NONE.equals(type)) {
      return RouteAuthorization.OPEN;
    }
    throw ServiceException.badRequest(
        "The type of " + Extensions.AUTH + " must be AWS_IAM or NONE");
  }

  private static RouteAuthorization both(RouteAuthorization one, RouteAuthorization another) {
    if (one.equals(another) || another.equals(RouteAuthorization.OPEN)) {
      return one;
    }
    if (one.equals(RouteAuthorization.OPEN)) {
      return another;
    }
    throw ServiceException.badRequest("A route cannot have more than one authorization");
  }
}
