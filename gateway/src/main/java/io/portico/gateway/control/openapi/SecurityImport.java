package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.SecurityRequirement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operation's {@code security} and {@code x-amazon-apigateway-auth} demand of the caller.
 *
 * <p>OpenAPI lets a document name several ways in; a method has one authorization type. Where the
 * document says more than a method can hold, the method is never more open than the document.
 */
final class SecurityImport {
  private static final String NONE = "NONE";
  private static final String AWS_IAM = "AWS_IAM";
  private static final String CUSTOM = "CUSTOM";

  private final AuthorizerImport authorizers;
  private final @Nullable List<SecurityRequirement> common;
  private final Findings findings;
  private final Set<String> warned = new LinkedHashSet<>();

  SecurityImport(
      AuthorizerImport authorizers, @Nullable List<SecurityRequirement> common, Findings findings) {
    this.authorizers = authorizers;
    this.common = common;
    this.findings = findings;
  }

  /**
   * @throws ServiceException if the method would be protected by something that is not there
   */
  // AWS: the document's own security holds for every operation without; source: IMP-23.
  Authorization of(Operation operation) {
    List<SecurityRequirement> requirements =
        operation.security() == null ? common : operation.security();
    Demands demands = new Demands();
    if (requirements != null) {
      requirements.forEach(requirement -> add(requirement, demands));
    }
    JsonNode auth = operation.extensions().get(Extensions.AUTH);
    if (auth != null && !auth.isNull()) {
      add(auth, demands);
    }
    return demands.settled();
  }

  private void add(SecurityRequirement requirement, Demands demands) {
    Demands together = new Demands();
    for (Map.Entry<String, List<String>> entry : requirement.schemes().entrySet()) {
      switch (authorizers.use(entry.getKey())) {
        case SchemeUse.ApiKey() -> together.apiKey = true;
        case SchemeUse.Iam() -> together.demand(AWS_IAM, null, entry.getValue());
        case SchemeUse.Authorizer(AuthorizerRecord authorizer) ->
            together.demand(typeFor(authorizer), authorizer.id(), entry.getValue());
        case SchemeUse.Ignored(String warning) -> warnOnce(warning);
        case SchemeUse.Unknown(String problem) -> {
          // AWS SAM writes a scheme of this name, defined nowhere, for methods that are open.
          if (!entry.getKey().equals(NONE)) {
            throw ServiceException.badRequest(problem);
          }
        }
      }
    }
    demands.alternative(together);
  }

  private void warnOnce(String warning) {
    if (warned.add(warning)) {
      findings.warning(warning);
    }
  }

  private static String typeFor(AuthorizerRecord authorizer) {
    return authorizer.type().equals(AuthorizerImport.COGNITO) ? AuthorizerImport.COGNITO : CUSTOM;
  }

  private static void add(JsonNode auth, Demands demands) {
    Fields fields =
        new Fields(auth, () -> ServiceException.badRequest(Extensions.AUTH + " is malformed"));
    String text = fields.text("type");
    String type = MethodRules.authorizationType(text == null ? "" : text);
    if (type.equals(NONE)) {
      return;
    }
    if (type.equals(AWS_IAM)) {
      demands.demand(AWS_IAM, null, List.of());
    } else if (demands.authorizerId == null) {
      // AWS: source: MTH-05.
      throw ServiceException.badRequest(MethodRules.NO_AUTHORIZER);
    }
  }

  /** Gathers what is demanded. */
  private static final class Demands {
    private String type = NONE;
    private @Nullable String authorizerId;
    private @Nullable List<String> scopes;
    private boolean apiKey;

    /** One more demand on the same call. */
    void demand(String newType, @Nullable String newAuthorizerId, List<String> newScopes) {
      boolean same =
          type.equals(newType)
              && (authorizerId == null
                  ? newAuthorizerId == null
                  : authorizerId.equals(newAuthorizerId));
      if (!type.equals(NONE) && !same) {
        throw ServiceException.badRequest(
            "A method cannot demand more than one authorizer or IAM at once");
      }
      type = newType;
      authorizerId = newAuthorizerId;
      // AWS: source: IMP-24.
      if (!newScopes.isEmpty() && newAuthorizerId != null) {
        scopes = List.copyOf(newScopes);
      }
    }

    /** Another way in: the first that is demanded stays, so the method is not more open. */
    void alternative(Demands other) {
      apiKey |= other.apiKey;
      if (type.equals(NONE)) {
        type = other.type;
        authorizerId = other.authorizerId;
        scopes = other.scopes;
      }
    }

    Authorization settled() {
      return new Authorization(type, authorizerId, scopes, apiKey);
    }
  }
}
