package io.portico.lambda.snapshot;

import io.portico.gateway.aws.ArnPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource-based policy of a function, a version or an alias: which services, and which callers
 * whom nobody knows, may use it.
 *
 * <p>It grants what it understands and nothing else: a statement with an element, an operator or a
 * value that is not known here grants nothing, and beside one that may deny nothing is granted.
 */
public final class ResourcePolicy {
  /** Grants nothing. */
  public static final ResourcePolicy NONE = new ResourcePolicy(List.of());

  private static final String API_GATEWAY = "apigateway.amazonaws.com";
  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  private final List<Statement> statements;

  private ResourcePolicy(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * What somebody wants.
   *
   * @param service the principal of the service that calls, such as {@code sns.amazonaws.com}, or
   *     null for a caller who is none
   * @param action such as {@code lambda:InvokeFunction}
   * @param resource the ARN as the caller has named it: with a qualifier or without
   * @param context what conditions may ask for, by their keys in lower case
   */
  public record Request(
      @Nullable String service, String action, String resource, Map<String, String> context) {}

  /** A statement that grants. */
  private record Statement(
      @Nullable String service, String action, String resource, List<Condition> conditions) {}

  private record Condition(Operator operator, String key, String value) {}

  private enum Operator {
    ARN_LIKE,
    STRING_EQUALS,
    BOOL
  }

  /** The policy of these statements. */
  public static ResourcePolicy of(List<ObjectNode> statements) {
    List<Statement> granting = new ArrayList<>();
    for (ObjectNode statement : statements) {
      if (!"Allow".equals(text(statement, "Effect"))) {
        return NONE;
      }
      Statement compiled = compile(statement);
      if (compiled != null) {
        granting.add(compiled);
      }
    }
    return new ResourcePolicy(List.copyOf(granting));
  }

  private static @Nullable Statement compile(ObjectNode statement) {
    JsonNode principal = statement.get("Principal");
    String action = text(statement, "Action");
    String resource = text(statement, "Resource");
    List<Condition> conditions = conditions(statement.get("Condition"));
    if (!ELEMENTS.containsAll(statement.propertyNames())
        || principal == null
        || action == null
        || resource == null
        || conditions == null) {
      return null;
    }
    // AWS: "*" is everybody, services too; source: inferred from IAM's global condition keys, where
    // aws:PrincipalIsAWSService tells services apart within it.
    if (principal.isString() && principal.asString().equals("*")) {
      return new Statement(null, action, resource, conditions);
    }
    String service =
        principal instanceof ObjectNode named && named.size() == 1 ? text(named, "Service") : null;
    return service == null ? null : new Statement(service, action, resource, conditions);
  }

  /** All of the conditions, or null where one of them is not understood. */
  private static @Nullable List<Condition> conditions(@Nullable JsonNode given) {
    if (given == null) {
      return List.of();
    }
    if (!given.isObject()) {
      return null;
    }
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      Operator operator =
          switch (entry.getKey()) {
            case "ArnLike" -> Operator.ARN_LIKE;
            case "StringEquals" -> Operator.STRING_EQUALS;
            case "Bool" -> Operator.BOOL;
            default -> null;
          };
      if (operator == null || !entry.getValue().isObject()) {
        return null;
      }
      for (Map.Entry<String, JsonNode> wanted : entry.getValue().properties()) {
        // "${" begins a policy variable, whose value is not known here.
        if (!wanted.getValue().isString() || wanted.getValue().asString().contains("${")) {
          return null;
        }
        conditions.add(
            new Condition(
                operator, wanted.getKey().toLowerCase(Locale.ROOT), wanted.getValue().asString()));
      }
    }
    return List.copyOf(conditions);
  }

  private static @Nullable String text(ObjectNode object, String member) {
    JsonNode value = object.get(member);
    return value != null && value.isString() ? value.asString() : null;
  }

  /**
   * Whether API Gateway may use the function.
   *
   * @param resource the function's ARN as the integration names it
   * @param sourceArn the ARN of the method, route or authorizer for which it calls, with the
   *     request's own method and path
   * @param sourceAccount whose API it is
   */
  public boolean allowsApiGateway(
      String action, String resource, String sourceArn, String sourceAccount) {
    return allows(
        new Request(
            API_GATEWAY,
            action,
            resource,
            Map.of("aws:sourcearn", sourceArn, "aws:sourceaccount", sourceAccount)));
  }

  /**
   * Whether everybody may call the function by a URL that asks for no signature. AWS: takes two
   * permissions since October 2025, that of the URL and that of the function behind it; source:
   * documented, https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html.
   *
   * @param resource the ARN of what the URL calls
   */
  public boolean allowsOpenUrl(String resource) {
    return allows(
            new Request(
                null,
                "lambda:InvokeFunctionUrl",
                resource,
                Map.of("lambda:functionurlauthtype", "NONE")))
        && allows(
            new Request(
                null,
                "lambda:InvokeFunction",
                resource,
                Map.of("lambda:invokedviafunctionurl", "true")));
  }

  /** Whether a statement grants this. */
  public boolean allows(Request request) {
    return statements.stream().anyMatch(statement -> grants(statement, request));
  }

  private static boolean grants(Statement statement, Request request) {
    return (statement.service == null || statement.service.equals(request.service))
        && isAction(statement.action, request.action)
        // AWS: a policy without a qualifier says nothing of versions and aliases, and a policy of a
        // version nothing of the aliases that point to it; source: documented, AddPermission: "the
        // invoker must use the full Amazon Resource Name (ARN) of that version or alias".
        && statement.resource.equals(request.resource)
        && statement.conditions.stream()
            .allMatch(condition -> holds(condition, request.context.get(condition.key)));
  }

  private static boolean isAction(String granted, String wanted) {
    return granted.equals("*")
        || granted.equalsIgnoreCase("lambda:*")
        || granted.equalsIgnoreCase(wanted);
  }

  /**
   * Whether a condition holds. AWS: not where its key is missing; source: documented, IAM User
   * Guide, "IAM JSON policy elements: Condition operators".
   */
  private static boolean holds(Condition condition, @Nullable String given) {
    if (given == null) {
      return false;
    }
    return switch (condition.operator) {
      case ARN_LIKE -> {
        ArnPattern pattern = ArnPattern.of(condition.value);
        yield pattern != null && pattern.matches(given);
      }
      case STRING_EQUALS -> condition.value.equals(given);
      case BOOL -> condition.value.equalsIgnoreCase(given);
    };
  }
}
