package io.portico.gateway.proxy;

import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The HTTP answer that a function has returned.
 *
 * @param headers the function's own; cookies as {@code set-cookie}
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload">Response
 *     payload format</a>
 */
@SuppressWarnings("ArrayRecordComponent")
public record ProxyReply(int status, Headers headers, byte[] body) {
  private static final byte[] NOTHING = {};
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String STATUS = "statusCode";
  private static final String JSON = "application/json";

  /** AWS: source: inferred, that what streams without a type is bytes. */
  private static final String BYTES = "application/octet-stream";

  /**
   * Reads a function's payload. AWS: an object with {@code statusCode} is an answer, all else is
   * its body; source: recorded, facts URL-04, URL-05. That a payload which is not JSON goes on as
   * it is is inferred.
   *
   * @throws MalformedReplyException if it means an answer that cannot be sent
   */
  public static ProxyReply parse(byte[] payload) throws MalformedReplyException {
    return parse(payload, JSON);
  }

  /**
   * The same where an answer that says no type of its own has another one.
   *
   * @param contentType that of an answer with a status and without a type
   */
  public static ProxyReply parse(byte[] payload, String contentType)
      throws MalformedReplyException {
    JsonNode document;
    try {
      document = Json.parse(payload);
    } catch (JacksonException e) {
      return new ProxyReply(200, Headers.of(CONTENT_TYPE, JSON), payload);
    }
    if (document instanceof ObjectNode reply && reply.hasNonNull(STATUS)) {
      return new ProxyReply(status(reply), headers(reply, contentType), body(reply));
    }
    return new ProxyReply(200, Headers.of(CONTENT_TYPE, JSON), bytes(document));
  }

  /**
   * Reads the metadata that a streamed answer begins with: the same without a body.
   *
   * @throws MalformedReplyException if it means an answer that cannot be sent
   */
  public static ProxyReply prelude(byte[] metadata) throws MalformedReplyException {
    JsonNode document;
    try {
      document = Json.parse(metadata);
    } catch (JacksonException e) {
      throw new MalformedReplyException("the metadata is not JSON: " + e.getOriginalMessage());
    }
    if (!(document instanceof ObjectNode reply)) {
      throw new MalformedReplyException("the metadata is not a JSON object");
    }
    return new ProxyReply(
        reply.hasNonNull(STATUS) ? status(reply) : 200, headers(reply, BYTES), NOTHING);
  }

  private static int status(ObjectNode reply) throws MalformedReplyException {
    JsonNode node = reply.path(STATUS);
    String digits = node.isIntegralNumber() || node.isString() ? node.asString() : "";
    if (!digits.matches("[2-5][0-9]{2}")) {
      throw new MalformedReplyException("statusCode is not a status: " + node);
    }
    return Integer.parseInt(digits);
  }

  private static Headers headers(ObjectNode reply, String contentType)
      throws MalformedReplyException {
    Headers.Builder headers = Headers.builder();
    for (Map.Entry<String, JsonNode> entry : members(reply, "headers")) {
      if (!entry.getValue().isNull()) {
        add(headers, entry.getKey(), text(entry.getValue()));
      }
    }
    if (!headers.contains(CONTENT_TYPE)) {
      headers.add(CONTENT_TYPE, contentType);
    }
    JsonNode cookies = reply.path("cookies");
    if (!cookies.isMissingNode() && !cookies.isNull() && !cookies.isArray()) {
      throw new MalformedReplyException("cookies is not a list");
    }
    for (JsonNode cookie : cookies) {
      add(headers, "Set-Cookie", text(cookie));
    }
    return headers.build();
  }

  private static Iterable<Map.Entry<String, JsonNode>> members(ObjectNode reply, String name)
      throws MalformedReplyException {
    JsonNode node = reply.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isObject()) {
      throw new MalformedReplyException(name + " is not an object");
    }
    return node.properties();
  }

  private static void add(Headers.Builder headers, String name, String value)
      throws MalformedReplyException {
    if (!Headers.isName(name)) {
      throw new MalformedReplyException(
          "not a header's name: " + Json.text(Json.object().stringNode(name)));
    }
    String octets = FieldText.octets(value);
    if (FieldText.hasControl(octets)) {
      throw new MalformedReplyException("a header cannot be sent: " + name);
    }
    headers.add(name, octets);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : Json.text(value);
  }

  private static byte[] body(ObjectNode reply) throws MalformedReplyException {
    JsonNode node = reply.get("body");
    if (node == null || node.isNull()) {
      return NOTHING;
    }
    byte[] content = bytes(node);
    return isBase64(reply.get("isBase64Encoded")) ? decoded(content) : content;
  }

  /** A text as it is, all else as JSON. */
  private static byte[] bytes(JsonNode node) {
    return node.isString() ? node.asString().getBytes(StandardCharsets.UTF_8) : Json.bytes(node);
  }

  private static boolean isBase64(@Nullable JsonNode node) throws MalformedReplyException {
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw new MalformedReplyException("isBase64Encoded is not a boolean");
    }
    return node.booleanValue();
  }

  private static byte[] decoded(byte[] base64) throws MalformedReplyException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException("the body is not base64");
    }
  }
}
