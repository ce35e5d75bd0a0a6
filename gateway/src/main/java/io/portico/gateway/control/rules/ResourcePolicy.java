package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The resource policy of an API or a domain name as text: checked and completed on the way in; an
 * API's is escaped on the way out.
 */
public final class ResourcePolicy {
  private static final String RELATIVE = "execute-api:/";

  private ResourcePolicy() {}

  /**
   * The policy to store; null where the text is empty.
   *
   * @throws ServiceException if the text is no policy
   */
  // AWS: a Resource given relative to the API is completed; source: API-16.
  public static @Nullable String accepted(@Nullable String text, Caller caller, String apiId) {
    String api = "arn:aws:execute-api:" + caller.region() + ":" + caller.accountId() + ":" + apiId;
    return accepted(text, resource -> api + resource.substring(RELATIVE.length() - 1));
  }

  /**
   * The same for a private domain name's.
   *
   * @param key the domain name's name and id
   */
  // AWS: whatever is relative becomes the domain name itself; source: documented, the examples of
  // create-domain-name of the AWS CLI.
  public static @Nullable String acceptedOfDomainName(
      @Nullable String text, Caller caller, String key) {
    String domain =
        "arn:aws:execute-api:"
            + caller.region()
            + ":"
            + caller.accountId()
            + ":/domainnames/"
            + key;
    return accepted(text, resource -> domain);
  }

  /**
   * Whether a text is the policy of something else, which is stored as it is.
   *
   * @throws ServiceException if the text is no policy
   */
  public static void check(String text) {
    if (accepted(text, UnaryOperator.identity()) == null) {
      throw invalid();
    }
  }

  private static @Nullable String accepted(
      @Nullable String text, UnaryOperator<String> completion) {
    if (text == null || text.isBlank()) {
      return null;
    }
    JsonNode policy;
    try {
      // AWS: what it makes of a member that occurs twice is not described. Only the second would be
      // kept, and the first may be the one that denies.
      policy = Json.parseUnambiguous(text);
    } catch (JacksonException e) {
      throw invalid();
    }
    if (!(policy instanceof ObjectNode document) || !document.has("Statement")) {
      throw invalid();
    }
    JsonNode statements = document.get("Statement");
    if (statements instanceof ArrayNode list) {
      for (JsonNode statement : list) {
        complete(statement, completion);
      }
    } else {
      complete(statements, completion);
    }
    return Json.text(document);
  }

  // AWS: the text is known from clients' reports; source: assumed.
  private static ServiceException invalid() {
    return ServiceException.badRequest(
        "Invalid policy document. Please check the policy syntax and ensure that Principals are"
            + " valid.");
  }

  private static void complete(JsonNode statement, UnaryOperator<String> completion) {
    if (!(statement instanceof ObjectNode members)) {
      throw invalid();
    }
    for (String member : new String[] {"Resource", "NotResource"}) {
      JsonNode resources = members.get(member);
      if (resources instanceof StringNode one) {
        members.put(member, absolute(one.asString(), completion));
      } else if (resources instanceof ArrayNode several) {
        ArrayNode completed = Json.array();
        for (JsonNode resource : several) {
          if (!resource.isString()) {
            throw invalid();
          }
          completed.add(absolute(resource.asString(), completion));
        }
        members.set(member, completed);
      }
    }
  }

  private static String absolute(String resource, UnaryOperator<String> completion) {
    return resource.startsWith(RELATIVE) ? completion.apply(resource) : resource;
  }

  /** The policy as replies have it. */
  // AWS: the text is itself escaped as within a JSON string, slashes included; source: API-17, and
  // the unescaping that Terraform's AWS provider does.
  public static String escaped(String policy) {
    String quoted = Json.text(StringNode.valueOf(policy));
    return quoted.substring(1, quoted.length() - 1).replace("/", "\\/");
  }
}
