package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodOverride;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event a function behind {@code AWS_PROXY} gets, payload format 1.0.
 *
 * <p>AWS: recorded, facts PRX-01 to PRX-14.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format">Input
 *     format of a Lambda function for proxy integration</a>
 */
final class LambdaProxyEvent {
  private LambdaProxyEvent() {}

  static byte[] of(IntegrationRequest request, MethodMatch match) {
    MethodRequest method = request.method();
    byte[] body = request.bytes();
    boolean binary =
        body.length > 0 && match.stage().binaryMediaTypes().matches(method.contentType());
    ObjectNode event = Json.object();
    RequestEvent.put(
        event,
        method.parameters(),
        MethodOverride.without(ClientSignature.without(method.parameters().headers())),
        match,
        NullNode.instance);
    event.put("body", body(body, binary));
    event.put("isBase64Encoded", binary);
    return Json.bytes(event);
  }

  private static @Nullable String body(byte[] body, boolean binary) {
    if (body.length == 0) {
      return null;
    }
    return binary
        ? Base64.getEncoder().encodeToString(body)
        : new String(body, StandardCharsets.UTF_8);
  }
}
