package io.portico.gateway.execute;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an authorizer said of a caller: {@code $context.authorizer}.
 *
 * @param principalId of a Lambda authorizer; null for others
 * @param values the members, as texts: those of a Lambda authorizer's {@code context}, and {@code
 *     principalId}, whatever the context calls so
 * @param claims of a token that was verified, as texts: {@code $context.authorizer.claims}; null
 *     where there is none
 * @param usageIdentifierKey the API key that the caller is to be counted by, or null
 * @param scopes of a token, where a route of an HTTP API asks for some; else null
 * @param document the context that a Lambda authorizer of an HTTP API gave, its values of the types
 *     they came with; else null
 */
public record AuthorizerContext(
    @Nullable String principalId,
    Map<String, String> values,
    @Nullable Map<String, String> claims,
    @Nullable String usageIdentifierKey,
    @Nullable List<String> scopes,
    @Nullable ObjectNode document) {

  /** What a Lambda authorizer said. */
  public static AuthorizerContext ofLambda(
      String principalId, Map<String, String> values, @Nullable String usageIdentifierKey) {
    return new AuthorizerContext(principalId, values, null, usageIdentifierKey, null, null);
  }

  /** What a verified token says. */
  public static AuthorizerContext ofClaims(Map<String, String> claims) {
    return new AuthorizerContext(null, Map.of(), claims, null, null, null);
  }

  /**
   * What a token says that a JWT authorizer has verified.
   *
   * @param scopes its own, or null where the route asks for none
   */
  public static AuthorizerContext ofToken(
      Map<String, String> claims, @Nullable List<String> scopes) {
    return new AuthorizerContext(null, Map.of(), claims, null, scopes, null);
  }

  /** What a Lambda authorizer of an HTTP API said. */
  public static AuthorizerContext ofRouteFunction(
      @Nullable String principalId, Map<String, String> values, ObjectNode document) {
    return new AuthorizerContext(principalId, values, null, null, null, document);
  }

  public AuthorizerContext {
    values = inTemplateOrder(values, principalId);
    claims = claims == null ? null : inTemplateOrder(claims, null);
  }

  /** The value of one member, without claims; or null. */
  public @Nullable String text(String name) {
    return values.get(name);
  }

  /** The value of one claim, or null. */
  public @Nullable String claim(String name) {
    return claims == null ? null : claims.get(name);
  }

  /**
   * AWS: the order of a Java HashMap; source: inferred from the recorded orders of {@code $context}
   * (facts VTL-13, VTL-15), which are a HashMap's.
   */
  private static Map<String, String> inTemplateOrder(
      Map<String, String> values, @Nullable String principalId) {
    Map<String, String> ordered = new HashMap<>();
    // One by one: a map made whole may get another number of buckets, and so another order.
    values.forEach(ordered::put);
    if (principalId != null) {
      ordered.put("principalId", principalId);
    }
    return Collections.unmodifiableMap(ordered);
  }
}
