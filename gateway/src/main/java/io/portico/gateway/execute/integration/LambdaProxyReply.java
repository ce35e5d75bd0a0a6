package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a function behind {@code AWS_PROXY} returned, payload format 1.0.
 *
 * @param status from {@code statusCode}; 200 where there is none
 * @param headers {@code multiValueHeaders} first, then {@code headers}
 * @param body the text; empty where there is none
 * @param base64 whether the function says that the body is base64
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format">Output
 *     format of a Lambda function for proxy integration</a>
 */
public record LambdaProxyReply(int status, Headers headers, String body, boolean base64) {
  /** AWS: any other member makes the reply malformed; source: recorded, facts PRX-16. */
  private static final Set<String> MEMBERS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /** The reply is none that API Gateway takes: it answers 502. */
  public static final class MalformedReplyException extends Exception {
    MalformedReplyException(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Reads a function's payload.
   *
   * @throws MalformedReplyException with the reason for the execution log
   */
  public static LambdaProxyReply parse(byte[] payload) throws MalformedReplyException {
    ObjectNode reply = object(payload, "the reply");
    for (String member : reply.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw new MalformedReplyException("the reply has an unknown member: " + member);
      }
    }
    return new LambdaProxyReply(
        status(reply.get("statusCode")),
        headers(reply.get("multiValueHeaders"), reply.get("headers")),
        body(reply.get("body")),
        base64(reply.get("isBase64Encoded")));
  }

  /**
   * Reads the metadata that a streamed answer begins with. What it is not to have is passed over;
   * that is assumed.
   *
   * @return without a body
   * @throws MalformedReplyException with the reason
   */
  static LambdaProxyReply metadata(byte[] metadata) throws MalformedReplyException {
    ObjectNode reply = object(metadata, "the metadata");
    Headers.Builder headers =
        headers(reply.get("multiValueHeaders"), reply.get("headers")).toBuilder();
    JsonNode cookies = reply.path("cookies");
    if (!cookies.isMissingNode() && !cookies.isNull() && !cookies.isArray()) {
      throw new MalformedReplyException("cookies is not a list");
    }
    for (JsonNode cookie : cookies) {
      add(headers, "Set-Cookie", text(cookie));
    }
    return new LambdaProxyReply(status(reply.get("statusCode")), headers.build(), "", false);
  }

  private static ObjectNode object(byte[] json, String what) throws MalformedReplyException {
    JsonNode document;
    try {
      document = Json.parse(json);
    } catch (JacksonException e) {
      throw new MalformedReplyException(what + " is not JSON: " + e.getOriginalMessage());
    }
    if (!(document instanceof ObjectNode object)) {
      throw new MalformedReplyException(what + " is not a JSON object");
    }
    return object;
  }

  /**
   * AWS: a number in a string is taken, what is no status makes the reply malformed; source:
   * recorded, facts PRX-18, of a text that is no number. For numbers that end no exchange it is
   * assumed.
   */
  private static int status(@Nullable JsonNode node) throws MalformedReplyException {
    if (node == null || node.isNull()) {
      return 200;
    }
    String digits = node.isIntegralNumber() || node.isString() ? node.asString() : "";
    if (!digits.matches("[2-5][0-9]{2}")) {
      throw new MalformedReplyException("statusCode is not a status: " + node);
    }
    return Integer.parseInt(digits);
  }

  private static Headers headers(@Nullable JsonNode multi, @Nullable JsonNode single)
      throws MalformedReplyException {
    Map<String, Values> byName = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : members("multiValueHeaders", multi)) {
      if (!entry.getValue().isArray()) {
        throw new MalformedReplyException("multiValueHeaders." + entry.getKey() + " is not a list");
      }
      Values values = values(byName, entry.getKey());
      for (JsonNode value : entry.getValue()) {
        values.texts.add(text(value));
      }
    }
    for (Map.Entry<String, JsonNode> entry : members("headers", single)) {
      if (!entry.getValue().isNull()) {
        values(byName, entry.getKey()).texts.add(text(entry.getValue()));
      }
    }
    Headers.Builder headers = Headers.builder();
    for (Values values : byName.values()) {
      if (!HeaderText.isName(values.name)) {
        throw new MalformedReplyException("not a header's name: " + values.name);
      }
      for (String text : values.texts) {
        add(headers, values.name, text);
      }
    }
    return headers.build();
  }

  private static void add(Headers.Builder headers, String name, String value)
      throws MalformedReplyException {
    try {
      headers.add(name, FieldText.octets(value));
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException("a header cannot be sent: " + name);
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> members(String name, @Nullable JsonNode node)
      throws MalformedReplyException {
    if (node == null || node.isNull()) {
      return List.of();
    }
    if (!node.isObject()) {
      throw new MalformedReplyException(name + " is not an object");
    }
    return node.properties();
  }

  /** AWS: names compare without case, the first casing is sent; source: recorded, facts PRX-21. */
  private static Values values(Map<String, Values> byName, String name) {
    return byName.computeIfAbsent(
        name.toLowerCase(Locale.ROOT), ignored -> new Values(name, new ArrayList<>()));
  }

  /** AWS: values that are no strings are printed as JSON; source: recorded, facts PRX-19. */
  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : Json.text(value);
  }

  private static String body(@Nullable JsonNode node) throws MalformedReplyException {
    if (node == null || node.isNull()) {
      return "";
    }
    if (!node.isString()) {
      throw new MalformedReplyException("body is not a string");
    }
    return node.asString();
  }

  private static boolean base64(@Nullable JsonNode node) throws MalformedReplyException {
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw new MalformedReplyException("isBase64Encoded is not a boolean");
    }
    return node.booleanValue();
  }

  /** The values of one header, in the casing it came in first. */
  private record Values(String name, List<String> texts) {}
}
