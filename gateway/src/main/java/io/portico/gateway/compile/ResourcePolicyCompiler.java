package io.portico.gateway.compile;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.RestApiRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compiles the <b>resource policy</b> of an API. One that cannot be read denies everything.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html">Control
 *     access to a REST API with API Gateway resource policies</a>
 */
final class ResourcePolicyCompiler {
  private static final String RELATIVE = "execute-api:/";

  private ResourcePolicyCompiler() {}

  /**
   * The policy of a document, or null where there is none.
   *
   * @param api whose it is: what is relative to it is completed
   */
  static @Nullable Policy compile(@Nullable String document, RestApiRecord api) {
    if (document == null || document.isBlank()) {
      return null;
    }
    JsonNode statements;
    try {
      statements = Json.parseUnambiguous(document).path("Statement");
    } catch (JacksonException e) {
      return Policy.DENY_ALL;
    }
    if (statements.isMissingNode()) {
      return Policy.DENY_ALL;
    }
    String own = "arn:aws:execute-api:" + api.region() + ":" + api.accountId() + ":" + api.id();
    List<JsonNode> completed = new ArrayList<>();
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      completed.add(completed(statement, own));
    }
    return Policy.ofResource(completed);
  }

  private static JsonNode completed(JsonNode statement, String own) {
    if (!(statement instanceof ObjectNode members)) {
      return statement;
    }
    ObjectNode completed = members.deepCopy();
    for (String member : List.of("Resource", "NotResource")) {
      JsonNode resources = members.path(member);
      if (resources.isString()) {
        completed.put(member, absolute(resources.asString(), own));
      } else if (resources instanceof ArrayNode several) {
        ArrayNode all = completed.putArray(member);
        for (JsonNode resource : several) {
          // What is no text stays: the statement is not understood then.
          all.add(resource.isString() ? Json.tree(absolute(resource.asString(), own)) : resource);
        }
      }
    }
    return completed;
  }

  private static String absolute(String resource, String own) {
    return resource.startsWith(RELATIVE)
        ? own + resource.substring(RELATIVE.length() - 1)
        : resource;
  }
}
