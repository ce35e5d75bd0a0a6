package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a policy document must be. AWS: the texts are reported by users of AWS's clients; whether
 * the principals of a trust policy exist is not looked at here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 */
public final class PolicyDocument {
  private static final String SYNTAX = "Syntax errors in policy.";
  private static final String NO_JSON = "This policy contains invalid Json";

  private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");
  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");
  private static final Set<String> OF_DOCUMENT = Set.of("Version", "Id", "Statement");
  private static final Set<String> OF_STATEMENT =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private static final Pattern SID = Pattern.compile("[0-9A-Za-z]*");
  private static final Pattern ACTION = Pattern.compile("\\*|[a-zA-Z0-9-]+:.+");

  private PolicyDocument() {}

  /**
   * A policy that says what whoever has it may do.
   *
   * @throws ServiceException {@code MalformedPolicyDocument}
   */
  public static void checkPermissions(String document) {
    for (ObjectNode statement : statements(document, SYNTAX)) {
      if (statement.has("Principal") || statement.has("NotPrincipal")) {
        throw malformed("Policy document should not specify a principal.");
      }
      if (!EFFECTS.contains(statement.path("Effect").asString(""))) {
        throw malformed(SYNTAX);
      }
      List<String> actions = either(statement, "Action", "NotAction");
      if (actions == null) {
        throw malformed("Policy statement must contain actions.");
      }
      if (!actions.stream().allMatch(action -> ACTION.matcher(action).matches())) {
        throw malformed(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
      List<String> resources = either(statement, "Resource", "NotResource");
      if (resources == null) {
        throw malformed("Policy statement must contain resources.");
      }
      for (String resource : resources) {
        if (!resource.equals("*") && !resource.startsWith("arn:")) {
          throw malformed("Resource " + resource + " must be in ARN format or \"*\".");
        }
      }
    }
  }

  /**
   * A policy that says who may assume a role.
   *
   * @throws ServiceException {@code MalformedPolicyDocument}
   */
  static void checkTrust(String document) {
    for (ObjectNode statement : statements(document, NO_JSON)) {
      for (String prohibited : List.of("Resource", "NotResource")) {
        if (statement.has(prohibited)) {
          throw malformed("Has prohibited field " + prohibited);
        }
      }
      if (!EFFECTS.contains(statement.path("Effect").asString(""))) {
        throw malformed("Missing required field Effect");
      }
      if (!isPrincipal(statement.path("Principal"))
          && !isPrincipal(statement.path("NotPrincipal"))) {
        throw malformed("Missing required field Principal");
      }
      List<String> actions = either(statement, "Action", "NotAction");
      if (actions == null) {
        throw malformed("Missing required field Action");
      }
      if (!actions.stream()
          .allMatch(action -> action.toLowerCase(Locale.ROOT).startsWith("sts:"))) {
        throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
      }
    }
  }

  private static boolean isPrincipal(JsonNode principal) {
    return principal.isObject() ? !principal.isEmpty() : principal.asString("").equals("*");
  }

  /** The statements, of a form that both kinds have. */
  private static List<ObjectNode> statements(String text, String refusal) {
    JsonNode document;
    try {
      document = Json.parseUnambiguous(text);
    } catch (JacksonException e) {
      throw malformed(refusal);
    }
    if (!document.isObject()
        || !OF_DOCUMENT.containsAll(document.propertyNames())
        || (document.has("Version") && !VERSIONS.contains(document.get("Version").asString("")))) {
      throw malformed(SYNTAX);
    }
    JsonNode given = document.path("Statement");
    List<ObjectNode> statements = new ArrayList<>();
    Iterable<JsonNode> all = given.isArray() ? given : List.of(given);
    for (JsonNode each : all) {
      if (!(each instanceof ObjectNode statement)
          || !OF_STATEMENT.containsAll(statement.propertyNames())
          || (statement.has("Condition") && !statement.get("Condition").isObject())) {
        throw malformed(SYNTAX);
      }
      statements.add(statement);
    }
    if (statements.isEmpty()) {
      throw malformed(SYNTAX);
    }
    checkSids(statements);
    return statements;
  }

  private static void checkSids(List<ObjectNode> statements) {
    Set<String> seen = new HashSet<>();
    for (ObjectNode statement : statements) {
      String sid = statement.path("Sid").asString("");
      if (!SID.matcher(sid).matches()) {
        throw malformed(
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
                + " expression [0-9A-Za-z]*");
      }
      if (!sid.isEmpty() && !seen.add(sid)) {
        throw malformed("Statement IDs (SID) in a single policy must be unique.");
      }
    }
  }

  /** The texts of one of two members, or null where there are none of either. */
  private static @Nullable List<String> either(ObjectNode statement, String one, String other) {
    if (statement.has(one) && statement.has(other)) {
      throw malformed(SYNTAX);
    }
    JsonNode value = statement.has(one) ? statement.get(one) : statement.path(other);
    if (value.isString()) {
      return List.of(value.asString());
    }
    if (value.isMissingNode() || (value.isArray() && value.isEmpty())) {
      return null;
    }
    if (!value.isArray()) {
      throw malformed(SYNTAX);
    }
    List<String> texts = new ArrayList<>(value.size());
    for (JsonNode text : value) {
      if (!text.isString()) {
        throw malformed(SYNTAX);
      }
      texts.add(text.asString());
    }
    return texts;
  }

  private static ServiceException malformed(String message) {
    return IamErrors.malformedPolicy(message);
  }
}
