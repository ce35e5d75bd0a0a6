package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.policy.Policy.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A statement of a policy.
 *
 * @param sid its {@code Sid}, or null
 * @param understood whether all of it is; else it allows nothing, or denies everything
 * @param principals null where whoever has the policy is meant
 */
record Statement(
    @Nullable String sid,
    boolean allows,
    boolean understood,
    @Nullable PrincipalElement principals,
    ActionElement actions,
    ResourceElement resources,
    List<Condition> conditions) {
  static final Statement DENY_ALL = unclear(null, false);

  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

  /** Whose policy it is in. */
  enum Kind {
    OF_IDENTITY,
    OF_RESOURCE
  }

  private static Statement unclear(@Nullable String sid, boolean allows) {
    return new Statement(
        sid,
        allows,
        false,
        null,
        new ActionElement(false, List.of()),
        ResourceElement.of(false, List.of()),
        List.of());
  }

  static Statement compile(JsonNode node, Kind kind) {
    JsonNode named = node.path("Sid");
    String sid = named.isString() ? named.stringValue() : null;
    boolean allows = node.path("Effect").asString("").equals("Allow");
    if (!(node instanceof ObjectNode statement) || !hasKnownElements(statement, kind)) {
      return unclear(sid, allows);
    }
    PrincipalElement principals = kind == Kind.OF_RESOURCE ? principals(statement) : null;
    List<String> actions = texts(statement, "Action");
    List<String> resources = texts(statement, "Resource");
    List<Condition> conditions = conditions(statement.get("Condition"));
    if ((kind == Kind.OF_RESOURCE && principals == null)
        || actions == null
        || resources == null
        || conditions == null
        // A policy variable, whose value is not known here.
        || resources.stream().anyMatch(resource -> resource.contains("${"))) {
      return unclear(sid, allows);
    }
    return new Statement(
        sid,
        allows,
        true,
        principals,
        new ActionElement(statement.has("NotAction"), actions),
        ResourceElement.of(statement.has("NotResource"), resources),
        conditions);
  }

  private static boolean hasKnownElements(ObjectNode statement, Kind kind) {
    return statement.propertyNames().stream()
        .allMatch(
            name ->
                ELEMENTS.contains(name)
                    || (kind == Kind.OF_RESOURCE
                        && (name.equals("Principal") || name.equals("NotPrincipal"))));
  }

  /** Null unless there is one of the two, and it is understood. */
  private static @Nullable PrincipalElement principals(ObjectNode statement) {
    boolean not = statement.has("NotPrincipal");
    return not == statement.has("Principal")
        ? null
        : PrincipalElement.of(statement.path(not ? "NotPrincipal" : "Principal"), not);
  }

  /** The texts of an element or of its opposite; null unless there is one of the two. */
  private static @Nullable List<String> texts(ObjectNode statement, String element) {
    boolean opposite = statement.has("Not" + element);
    return opposite == statement.has(element)
        ? null
        : texts(statement.path(opposite ? "Not" + element : element));
  }

  /** One text or several; null for anything else. */
  static @Nullable List<String> texts(JsonNode node) {
    if (node.isString()) {
      return List.of(node.asString());
    }
    if (!node.isArray() || node.isEmpty()) {
      return null;
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode text : node) {
      if (!text.isString()) {
        return null;
      }
      texts.add(text.asString());
    }
    return List.copyOf(texts);
  }

  /** Null where a condition has not the form of one. */
  private static @Nullable List<Condition> conditions(@Nullable JsonNode node) {
    if (node == null) {
      return List.of();
    }
    if (!node.isObject()) {
      return null;
    }
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, JsonNode> operator : node.properties()) {
      if (!operator.getValue().isObject()) {
        return null;
      }
      for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
        conditions.add(Condition.of(operator.getKey(), key.getKey(), key.getValue()));
      }
    }
    return List.copyOf(conditions);
  }

  /** What this alone says of a request. */
  Effect evaluate(AccessRequest request) {
    if (!understood) {
      return allows ? Effect.NONE : Effect.DENY;
    }
    Effect whom =
        principals == null ? Effect.ALLOW : principals.evaluate(request.requester(), allows);
    if (whom == Effect.NONE
        || !actions.covers(request.action())
        || !resources.covers(request.resource(), allows)
        || !conditionsHold(request.context())) {
      return Effect.NONE;
    }
    return allows ? whom : Effect.DENY;
  }

  /** One that cannot be decided holds where it closes. */
  private boolean conditionsHold(RequestContext context) {
    for (Condition condition : conditions) {
      boolean holds =
          switch (condition.evaluate(context)) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> !allows;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
