package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events that functions of Lambda authorizers get.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format">
 *     Payload format version</a>
 */
final class AuthorizerEvents {
  private static final String TYPE = "REQUEST";

  private AuthorizerEvents() {}

  static byte[] ofV2(RouteMatch match, List<String> identity) {
    ObjectNode event =
        Json.object().put("version", "2.0").put("type", TYPE).put("routeArn", match.arn());
    if (identity.isEmpty()) {
      event.putNull("identitySource");
    } else {
      identity.forEach(event.putArray("identitySource")::add);
    }
    event.setAll(
        EventV2.request(match, MappedRequest.unchanged(match), contentLength(match), new byte[0]));
    event.remove(List.of("body", "isBase64Encoded"));
    return Json.bytes(event);
  }

  static byte[] ofV1(RouteMatch match, List<String> identity) {
    String joined = String.join(",", identity);
    ObjectNode event =
        Json.object()
            .put("version", "1.0")
            .put("type", TYPE)
            .put("methodArn", match.arn())
            .put("identitySource", joined)
            .put("authorizationToken", joined);
    event.setAll(EventV1.request(match, MappedRequest.unchanged(match), contentLength(match)));
    event.remove(List.of("multiValueHeaders", "multiValueQueryStringParameters"));
    for (String name : List.of("pathParameters", "queryStringParameters", "stageVariables")) {
      if (event.path(name).isNull()) {
        event.putObject(name);
      }
    }
    return Json.bytes(event);
  }

  /** What the client says of content that nobody has read yet. */
  private static long contentLength(RouteMatch match) {
    return Math.max(match.invocation().request().body().length(), 0);
  }
}
