package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.json.Json;
import io.portico.gateway.proxy.EventBody;
import io.portico.gateway.snapshot.ContextVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event of payload format 1.0: that of REST APIs as HTTP APIs make it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
final class EventV1 {
  /**
   * AWS: these have this casing, others that of the client; source: events that users have
   * published, https://github.com/milliHQ/terraform-aws-next-js/pull/31.
   */
  private static final List<String> CASED = List.of("Host", "User-Agent");

  private static final List<ContextVariable> IDENTITY =
      List.of(
          ContextVariable.IDENTITY_ACCESS_KEY,
          ContextVariable.IDENTITY_ACCOUNT_ID,
          ContextVariable.IDENTITY_CALLER,
          ContextVariable.IDENTITY_COGNITO_AUTHENTICATION_PROVIDER,
          ContextVariable.IDENTITY_COGNITO_AUTHENTICATION_TYPE,
          ContextVariable.IDENTITY_COGNITO_IDENTITY_ID,
          ContextVariable.IDENTITY_COGNITO_IDENTITY_POOL_ID,
          ContextVariable.IDENTITY_PRINCIPAL_ORG_ID,
          ContextVariable.IDENTITY_SOURCE_IP,
          ContextVariable.IDENTITY_USER,
          ContextVariable.IDENTITY_USER_AGENT,
          ContextVariable.IDENTITY_USER_ARN);

  private EventV1() {}

  static byte[] of(RouteMatch match, MappedRequest mapped, byte[] body) {
    ObjectNode event = request(match, mapped, body.length);
    EventBody content = EventBody.of(mapped.headers(), body);
    event.put("body", content.text());
    event.put("isBase64Encoded", content.base64());
    return Json.bytes(event);
  }

  /**
   * The request, its body aside.
   *
   * @param mapped the same, changed
   * @param contentLength what is said of its content
   */
  static ObjectNode request(RouteMatch match, MappedRequest mapped, long contentLength) {
    Invocation invocation = match.invocation();
    Map<String, List<String>> named =
        named(ClientHeaders.ofEvent(mapped.headers(), invocation, contentLength));
    Map<String, List<String>> query = new QueryString(mapped.query()).asMap();
    String path = mapped.path();
    ObjectNode event =
        Json.object()
            .put("version", "1.0")
            .put("resource", match.route().path())
            .put("path", path == null ? path(invocation) : CanonicalPath.decoded(path))
            .put("httpMethod", invocation.httpMethod());
    putLast(event, "headers", named);
    putAll(event, "multiValueHeaders", named);
    putLast(event, "queryStringParameters", query);
    putAll(event, "multiValueQueryStringParameters", query);
    event.set("requestContext", context(match, invocation));
    put(event, "pathParameters", match.pathParameters());
    put(event, "stageVariables", match.stage().variables());
    return event;
  }

  /**
   * AWS: with the stage, or with the base path of a custom domain name; source: documented, see the
   * class, and reported by users, https://github.com/dougmoscrop/serverless-http/pull/143. Decoded,
   * see {@link EventV2#rawPath}.
   */
  private static String path(Invocation invocation) {
    return CanonicalPath.decoded(invocation.path().withStage());
  }

  private static ObjectNode context(RouteMatch match, Invocation invocation) {
    ObjectNode context =
        Json.object()
            .put("accountId", match.stage().accountId())
            .put("apiId", match.stage().apiId());
    AuthorizerMember.putV1(context, invocation);
    context
        .put("domainName", invocation.domainName())
        .put("domainPrefix", invocation.domainPrefix())
        .put("extendedRequestId", invocation.extendedRequestId())
        .put("httpMethod", invocation.httpMethod());
    ObjectNode identity = context.putObject("identity");
    for (ContextVariable variable : IDENTITY) {
      identity.put(variable.memberName(), ContextValues.text(variable, invocation));
    }
    return context
        .put("path", path(invocation))
        .put("protocol", invocation.request().protocol())
        .put("requestId", invocation.requestId())
        .put("requestTime", invocation.requestTime())
        .put("requestTimeEpoch", invocation.time().toEpochMilli())
        // AWS: the route's key; source: reported by users. The documented example has null.
        .put("resourceId", match.route().routeKey())
        .put("resourcePath", match.route().path())
        .put("stage", match.stage().stageName());
  }

  /** Every value by name; a name in several casings is one, in the casing it came in first. */
  private static Map<String, List<String>> named(Headers headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    Map<String, String> casings = new LinkedHashMap<>();
    for (Headers.Field field : headers) {
      String folded = field.name().toLowerCase(Locale.ROOT);
      if (casings.putIfAbsent(folded, cased(field.name())) == null) {
        byName.put(cased(field.name()), headers.all(field.name()));
      }
    }
    return byName;
  }

  private static String cased(String name) {
    for (String known : CASED) {
      if (known.equalsIgnoreCase(name)) {
        return known;
      }
    }
    return name;
  }

  private static void putLast(ObjectNode event, String name, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(name);
      return;
    }
    ObjectNode node = event.putObject(name);
    values.forEach((key, all) -> node.put(key, all.getLast()));
  }

  private static void putAll(ObjectNode event, String name, Map<String, List<String>> values) {
    if (values.isEmpty()) {
      event.putNull(name);
      return;
    }
    ObjectNode node = event.putObject(name);
    values.forEach((key, all) -> all.forEach(node.putArray(key)::add));
  }

  private static void put(ObjectNode event, String name, Map<String, String> values) {
    if (values.isEmpty()) {
      event.putNull(name);
      return;
    }
    values.forEach(event.putObject(name)::put);
  }
}
