package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.integration.RequestEvent;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LambdaAuthorizer;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event that the function of a Lambda authorizer gets.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html">Input
 *     to a Lambda authorizer</a>
 */
final class AuthorizerEvent {
  private AuthorizerEvent() {}

  /**
   * @param methodArn of the method that is called
   */
  static byte[] of(
      LambdaAuthorizer authorizer,
      Identity identity,
      String methodArn,
      RequestParameters parameters,
      MethodMatch match) {
    ObjectNode event = Json.object();
    event.put("type", authorizer.type().name());
    event.put("methodArn", methodArn);
    switch (authorizer.type()) {
      case TOKEN -> event.put("authorizationToken", identity.last(0));
      // AWS: parameters that are none are an empty object, not null as behind a proxy; source:
      // documented, see the class.
      case REQUEST ->
          RequestEvent.put(event, parameters, parameters.headers(), match, Json.object());
    }
    return Json.bytes(event);
  }
}
