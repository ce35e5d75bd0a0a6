package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.authorizer.AuthorizerAnswer.MalformedException;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what the function of an HTTP API's Lambda authorizer answers: a policy, or yes or no. What
 * has not the documented form is no answer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response">
 *     Lambda authorizer response format</a>
 */
final class RouteAuthorizerAnswer {
  /** AWS: yes is for all that the authorizer guards; source: documented, see the class. */
  private static final Policy YES =
      Policy.ofIdentity(
          """
          {"Version": "2012-10-17",
           "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
          """);

  private RouteAuthorizerAnswer() {}

  /** One that is a policy, in format 2.0. */
  static AuthorizerResult ofPolicy(byte[] payload) {
    return ofPolicy(payload, PayloadFormat.V2);
  }

  /**
   * One that is a policy, in format 1.0, whose context has texts, numbers and truth values alone.
   *
   * <p>AWS: what it makes of that context for an integration of format 2.0 is not described; that
   * it is there as it came, as one of format 2.0 is, is assumed.
   */
  static AuthorizerResult ofPolicyV1(byte[] payload) {
    return ofPolicy(payload, PayloadFormat.V1);
  }

  private static AuthorizerResult ofPolicy(byte[] payload, PayloadFormat format) {
    return AuthorizerAnswer.read(
        payload,
        answer -> {
          JsonNode document = answer.path("policyDocument");
          AuthorizerAnswer.checkPolicy(document);
          return new Answered(
              context(answer, AuthorizerAnswer.principalId(answer), format),
              Policy.ofIdentity(document),
              Json.text(document),
              payload.length);
        });
  }

  /** One that is yes or no. */
  static AuthorizerResult ofSimple(byte[] payload) {
    return AuthorizerAnswer.read(
        payload,
        answer -> {
          JsonNode authorized = answer.path("isAuthorized");
          if (!authorized.isBoolean()) {
            throw new MalformedException("isAuthorized is no truth value");
          }
          return new Answered(
              context(answer, null, PayloadFormat.V2),
              authorized.booleanValue() ? YES : Policy.NONE,
              "",
              payload.length);
        });
  }

  private static AuthorizerContext context(
      JsonNode answer, @Nullable String principalId, PayloadFormat format)
      throws MalformedException {
    JsonNode context = answer.path("context");
    if (context.isMissingNode() || context.isNull()) {
      return AuthorizerContext.ofRouteFunction(principalId, Map.of(), Json.object());
    }
    if (!(context instanceof ObjectNode object)) {
      throw new MalformedException("context is no object");
    }
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      if (format == PayloadFormat.V1 && value.isContainer()) {
        throw new MalformedException("a member of context is an object or array");
      }
      if (!value.isNull()) {
        texts.put(member.getKey(), value.isString() ? value.asString() : Json.text(value));
      }
    }
    return AuthorizerContext.ofRouteFunction(principalId, texts, object);
  }
}
