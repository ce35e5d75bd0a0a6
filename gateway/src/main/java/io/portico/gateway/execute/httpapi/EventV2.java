package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.proxy.ProxyEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event of payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
final class EventV2 {
  private EventV2() {}

  static byte[] of(RouteMatch match, MappedRequest mapped, byte[] body) {
    return Json.bytes(request(match, mapped, body.length, body));
  }

  /**
   * The request as a member of events.
   *
   * @param mapped the same, changed
   * @param contentLength what is said of its content
   * @param body as much as is told of it
   */
  static ObjectNode request(
      RouteMatch match, MappedRequest mapped, long contentLength, byte[] body) {
    Invocation invocation = match.invocation();
    Headers headers = ClientHeaders.ofEvent(mapped.headers(), invocation, contentLength);
    ObjectNode event =
        ProxyEvent.of(
            mapped.applied(invocation.request(), headers),
            rawPath(match, mapped),
            // AWS: cookies stand in a member of their own alone; source: documented, see the class.
            headers.toBuilder().remove("Cookie").build(),
            body,
            context(match, invocation));
    AuthorizerMember.putV2((ObjectNode) event.path("requestContext"), invocation);
    put(event, "pathParameters", match.pathParameters());
    put(event, "stageVariables", match.stage().variables());
    return event;
  }

  /**
   * AWS: it has the stage, unless that is {@code $default}, and no base path of a custom domain
   * name: documented, see the class. It is decoded, and ends at a question mark that this yields;
   * source: reported by users, https://github.com/middleapi/standard-server/pull/93.
   */
  private static String rawPath(RouteMatch match, MappedRequest mapped) {
    String sent = mapped.path() == null ? match.stagePath() : mapped.path();
    String path = CanonicalPath.decoded(sent);
    int question = path.indexOf('?');
    return question < 0 ? path : path.substring(0, question);
  }

  private static ProxyEvent.Context context(RouteMatch match, Invocation invocation) {
    return new ProxyEvent.Context(
        match.stage().accountId(),
        match.stage().apiId(),
        caller(invocation.observations().caller().iam()),
        invocation.domainName(),
        invocation.domainPrefix(),
        match.route().routeKey(),
        match.stage().stageName(),
        invocation.requestId(),
        invocation.time());
  }

  private static ProxyEvent.@Nullable IamCaller caller(@Nullable IamCaller iam) {
    return iam == null
        ? null
        : new ProxyEvent.IamCaller(
            iam.accessKeyId() == null ? "" : iam.accessKeyId(),
            iam.principal().accountId(),
            iam.principal().arn(),
            iam.principal().userId());
  }

  private static void put(ObjectNode event, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      values.forEach(event.putObject(name)::put);
    }
  }
}
