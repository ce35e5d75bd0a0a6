package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * An API's resource policy as text: checked and completed on the way in, escaped on the way out.
 */
public final class ResourcePolicy {
  private static final String RELATIVE = "execute-api:/";

  private ResourcePolicy() {}

  /**
   * The policy to store; null where the text is empty.
   *
   * @throws ServiceException if the text is no policy
   */
  public static @Nullable String accepted(@Nullable String text, Caller caller, String apiId) {
    if (text == null || text.isBlank()) {
      return null;
    }
    JsonNode policy;
    try {
      policy = Json.parse(text);
    } catch (JacksonException e) {
      throw invalid();
    }
    if (!(policy instanceof ObjectNode document) || !document.has("Statement")) {
      throw invalid();
    }
    JsonNode statements = document.get("Statement");
    if (statements instanceof ArrayNode list) {
      for (JsonNode statement : list) {
        complete(statement, caller, apiId);
      }
    } else {
      complete(statements, caller, apiId);
    }
    return Json.text(document);
  }

  // AWS: the text is known from clients' reports; source: assumed.
  private static ServiceException invalid() {
    return ServiceException.badRequest(
        "Invalid policy document. Please check the policy syntax and ensure that Principals are"
            + " valid.");
  }

  private static void complete(JsonNode statement, Caller caller, String apiId) {
    if (!(statement instanceof ObjectNode members)) {
      throw invalid();
    }
    for (String member : new String[] {"Resource", "NotResource"}) {
      JsonNode resources = members.get(member);
      if (resources instanceof StringNode one) {
        members.put(member, absolute(one.asString(), caller, apiId));
      } else if (resources instanceof ArrayNode several) {
        ArrayNode completed = Json.array();
        for (JsonNode resource : several) {
          if (!resource.isString()) {
            throw invalid();
          }
          completed.add(absolute(resource.asString(), caller, apiId));
        }
        members.set(member, completed);
      }
    }
  }

  // AWS: a Resource given relative to the API is completed; source: API-16.
  private static String absolute(String resource, Caller caller, String apiId) {
    return resource.startsWith(RELATIVE)
        ? "arn:aws:execute-api:"
            + caller.region()
            + ":"
            + caller.accountId()
            + ":"
            + apiId
            + resource.substring(RELATIVE.length() - 1)
        : resource;
  }

  /** The policy as replies have it. */
  // AWS: the text is itself escaped as within a JSON string, slashes included; source: API-17, and
  // the unescaping that Terraform's AWS provider does.
  public static String escaped(String policy) {
    String quoted = Json.text(StringNode.valueOf(policy));
    return quoted.substring(1, quoted.length() - 1).replace("/", "\\/");
  }
}
