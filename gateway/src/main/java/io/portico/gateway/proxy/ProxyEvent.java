package io.portico.gateway.proxy;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event that a request becomes.
 *
 * <p>AWS: source: recorded, facts URL-01, URL-02, for function URLs; the order of the members is
 * that of the documented example.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload">Request
 *     payload format</a>
 */
public final class ProxyEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ProxyEvent() {}

  /**
   * What stands in {@code requestContext} beside the request itself.
   *
   * @param caller whoever has signed the request, or null where nobody has to
   * @param domainName the host that was called, without port
   * @param domainPrefix its first label
   */
  public record Context(
      String accountId,
      String apiId,
      @Nullable IamCaller caller,
      String domainName,
      String domainPrefix,
      String routeKey,
      String stage,
      String requestId,
      Instant time) {}

  /**
   * Whoever has signed a request.
   *
   * @param userId of a role's session it is the role's id and the session's name
   */
  public record IamCaller(String accessKey, String accountId, String userArn, String userId) {}

  /**
   * An event.
   *
   * @param rawPath as it came, without what is before the route
   * @param headers as the function is to see them
   * @param body all of the request's
   */
  public static ObjectNode of(
      HttpRequest request, String rawPath, Headers headers, byte[] body, Context context) {
    QueryString query = new QueryString(request.rawQuery());
    ObjectNode event =
        Json.object()
            .put("version", "2.0")
            .put("routeKey", context.routeKey)
            .put("rawPath", rawPath)
            .put("rawQueryString", query.raw());
    List<String> cookies = cookies(request.headers());
    if (!cookies.isEmpty()) {
      cookies.forEach(event.putArray("cookies")::add);
    }
    putAll(event, "headers", joined(headers));
    if (!query.isEmpty()) {
      ObjectNode parameters = event.putObject("queryStringParameters");
      query.asMap().forEach((name, values) -> parameters.put(name, String.join(",", values)));
    }
    putContext(event, request, rawPath, context);
    putBody(event, request.headers(), body);
    return event;
  }

  private static void putAll(ObjectNode event, String name, Map<String, String> values) {
    ObjectNode node = event.putObject(name);
    values.forEach(node::put);
  }

  /** Names are in lower case; values of one name are joined. */
  private static Map<String, String> joined(Headers headers) {
    Map<String, String> joined = new LinkedHashMap<>();
    for (Headers.Field field : headers) {
      String name = field.name().toLowerCase(Locale.ROOT);
      // RFC 6265: a comma does not part cookies.
      String separator = name.equals("cookie") ? "; " : ",";
      joined.merge(name, field.value(), (first, second) -> first + separator + second);
    }
    return joined;
  }

  private static List<String> cookies(Headers headers) {
    List<String> cookies = new ArrayList<>();
    for (String field : headers.all("Cookie")) {
      for (String cookie : field.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    return cookies;
  }

  private static void putContext(
      ObjectNode event, HttpRequest request, String rawPath, Context context) {
    String userAgent = request.headers().first("User-Agent");
    ObjectNode node =
        event
            .putObject("requestContext")
            .put("accountId", context.accountId)
            .put("apiId", context.apiId);
    if (context.caller != null) {
      putCaller(node, context.caller);
    }
    node.put("domainName", context.domainName).put("domainPrefix", context.domainPrefix);
    ObjectNode http =
        node.putObject("http")
            .put("method", request.method())
            .put("path", withOneSlash(rawPath))
            .put("protocol", request.protocol())
            .put("sourceIp", request.connection().remoteIp());
    if (userAgent != null) {
      http.put("userAgent", userAgent);
    }
    node.put("requestId", context.requestId)
        .put("routeKey", context.routeKey)
        .put("stage", context.stage)
        .put("time", TIME.format(context.time))
        .put("timeEpoch", context.time.toEpochMilli());
  }

  /** AWS: source: documented, as above; nobody here belongs to an organization. */
  private static void putCaller(ObjectNode context, IamCaller caller) {
    context
        .putNull("authentication")
        .putObject("authorizer")
        .putObject("iam")
        .put("accessKey", caller.accessKey)
        .put("accountId", caller.accountId)
        .put("callerId", caller.userId)
        .putNull("cognitoIdentity")
        .putNull("principalOrgId")
        .put("userArn", caller.userArn)
        .put("userId", caller.userId);
  }

  /** AWS: of several slashes in front one is left; source: recorded, facts URL-02. */
  private static String withOneSlash(String path) {
    int start = 0;
    while (start + 1 < path.length()
        && path.charAt(start) == '/'
        && path.charAt(start + 1) == '/') {
      start++;
    }
    return path.substring(start);
  }

  private static void putBody(ObjectNode event, Headers headers, byte[] body) {
    EventBody content = EventBody.of(headers, body);
    if (content.text() != null) {
      event.put("body", content.text());
    }
    event.put("isBase64Encoded", content.base64());
  }
}
