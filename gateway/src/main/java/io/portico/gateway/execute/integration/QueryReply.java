package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the JSON protocol in the form that AWS's query protocol gives it where JSON is
 * accepted.
 *
 * <p>AWS: of an action that succeeds recorded, facts REQ-17; of one that fails inferred from what
 * services of the query protocol answer.
 */
final class QueryReply {
  private QueryReply() {}

  /**
   * The answer in its other form, or null where it is no document.
   *
   * @param document the answer's body
   */
  static byte @Nullable [] json(String action, int status, Headers headers, byte[] document) {
    if (!(parse(document) instanceof ObjectNode members)) {
      return null;
    }
    // AWS's own services always say one.
    String requestId =
        Objects.requireNonNullElseGet(headers.first("x-amzn-RequestId"), RequestId::random);
    return Json.bytes(
        status < 300 ? result(action, members, requestId) : error(members, status, requestId));
  }

  private static @Nullable JsonNode parse(byte[] document) {
    try {
      return document.length == 0 ? Json.object() : Json.parse(document);
    } catch (JacksonException e) {
      // What something in between answers, such as a page of a proxy, has no other form.
      return null;
    }
  }

  private static ObjectNode result(String action, ObjectNode members, String requestId) {
    ObjectNode reply = Json.object();
    ObjectNode response = reply.putObject(action + "Response");
    response.set(action + "Result", members);
    response.putObject("ResponseMetadata").put("RequestId", requestId);
    return reply;
  }

  private static ObjectNode error(ObjectNode members, int status, String requestId) {
    ObjectNode reply = Json.object();
    ObjectNode error = reply.putObject("Error");
    error.put("Code", code(members));
    error.put("Message", message(members));
    error.put("Type", status < 500 ? "Sender" : "Receiver");
    return reply.put("RequestId", requestId);
  }

  /** {@code com.amazonaws.ssm#ParameterNotFound} without its namespace. */
  private static @Nullable String code(ObjectNode members) {
    String type = text(members.get("__type"));
    return type == null ? null : type.substring(type.indexOf('#') + 1);
  }

  private static @Nullable String message(ObjectNode members) {
    String message = text(members.get("message"));
    return message == null ? text(members.get("Message")) : message;
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null || !node.isString() ? null : node.asString();
  }
}
