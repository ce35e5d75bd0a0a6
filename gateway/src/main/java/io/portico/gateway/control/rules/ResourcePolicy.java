package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The resource policy of an API or a domain name as text: checked and completed on the way in; an
 * API's is escaped on the way out.
 */
public final class ResourcePolicy {
  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");
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
    return accepted(
        text,
        ResourcePolicy::checkStatement,
        resource -> api + resource.substring(RELATIVE.length() - 1));
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
    return accepted(text, statement -> {}, resource -> domain);
  }

  /**
   * Whether a text is the policy of something else, which is stored as it is.
   *
   * @throws ServiceException if the text is no policy
   */
  public static void check(String text) {
    if (accepted(text, statement -> {}, UnaryOperator.identity()) == null) {
      throw invalid();
    }
  }

  private static @Nullable String accepted(
      @Nullable String text, Consumer<ObjectNode> check, UnaryOperator<String> completion) {
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
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      if (!(statement instanceof ObjectNode members)) {
        throw invalid();
      }
      check.accept(members);
      complete(members, completion);
    }
    return Json.text(document);
  }

  // AWS: a statement says whom it is about, which a user of AWS's clients reports,
  // https://github.com/ministryofjustice/cloud-platform-environments/pull/14690, and what it allows
  // or denies of which resources, in the syntax of IAM's policies, whose lists hold one value or
  // more; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-policy-language-overview.html
  // and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
  private static void checkStatement(ObjectNode statement) {
    if (!EFFECTS.contains(statement.path("Effect").asString(""))
        || !isSomebody(one(statement, "Principal", "NotPrincipal"))
        || !isOneOrMore(one(statement, "Action", "NotAction"), ResourcePolicy::isText)
        || !isOneOrMore(one(statement, "Resource", "NotResource"), ResourcePolicy::isText)) {
      throw invalid();
    }
  }

  // AWS: numbers need no quotation marks; source: as the syntax.
  private static boolean isSomebody(JsonNode principal) {
    return principal instanceof ObjectNode kinds
        ? !kinds.isEmpty()
            && kinds
                .valueStream()
                .allMatch(ids -> isOneOrMore(ids, id -> id.isNumber() || isText(id)))
        : principal.asString("").equals("*");
  }

  private static boolean isOneOrMore(JsonNode values, Predicate<JsonNode> value) {
    return values instanceof ArrayNode list
        ? !list.isEmpty() && list.valueStream().allMatch(value)
        : value.test(values);
  }

  private static boolean isText(JsonNode value) {
    return value.isString() && !value.stringValue().isBlank();
  }

  /** A member, or that which says the opposite; missing where both are there. */
  private static JsonNode one(ObjectNode statement, String member, String opposite) {
    if (statement.has(member) && statement.has(opposite)) {
      return MissingNode.getInstance();
    }
    return statement.has(member) ? statement.path(member) : statement.path(opposite);
  }

  // AWS: source: documented, of whatever is wrong with the syntax,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html.
  private static ServiceException invalid() {
    return ServiceException.badRequest(
        "Invalid policy document. Please check the policy syntax and ensure that Principals are"
            + " valid.");
  }

  private static void complete(ObjectNode members, UnaryOperator<String> completion) {
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
