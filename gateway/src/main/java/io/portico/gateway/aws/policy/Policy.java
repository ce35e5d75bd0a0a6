package io.portico.gateway.aws.policy;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A <b>policy</b>, read once: of an identity (whoever has it is meant) or of a resource (whose
 * statements say by {@code Principal} whom they mean).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">
 *     JSON policy elements</a>
 */
public final class Policy {
  /** Says nothing. */
  public static final Policy NONE = new Policy(List.of());

  /** Denies everything: in the place of one that cannot be read. */
  public static final Policy DENY_ALL = new Policy(List.of(Statement.DENY_ALL));

  private final List<Statement> statements;
  private final boolean unconditional;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
    this.unconditional = statements.stream().allMatch(each -> each.conditions().isEmpty());
  }

  /** What a policy says of a request. A later one goes before an earlier one. */
  public enum Effect {
    /** Nothing: nobody may what no policy allows. */
    NONE,
    /**
     * Allows it to whom the requester's account allows it: its {@code Principal} is the account.
     */
    DELEGATE,
    ALLOW,
    DENY
  }

  /** The policy of an identity. */
  public static Policy ofIdentity(String document) {
    return of(document, Statement.Kind.OF_IDENTITY);
  }

  /** The same, read already. */
  public static Policy ofIdentity(JsonNode document) {
    return of(document, Statement.Kind.OF_IDENTITY);
  }

  /** The policy of a resource. */
  public static Policy ofResource(String document) {
    return of(document, Statement.Kind.OF_RESOURCE);
  }

  /** The policy of a resource, of these statements. */
  public static Policy ofResource(Iterable<? extends JsonNode> statements) {
    return of(statements, Statement.Kind.OF_RESOURCE);
  }

  private static Policy of(String document, Statement.Kind kind) {
    JsonNode root;
    try {
      root = Json.parseUnambiguous(document);
    } catch (JacksonException e) {
      return DENY_ALL;
    }
    return of(root, kind);
  }

  private static Policy of(JsonNode root, Statement.Kind kind) {
    JsonNode statements = root.path("Statement");
    return statements.isMissingNode()
        ? DENY_ALL
        : of(statements.isArray() ? statements : List.of(statements), kind);
  }

  private static Policy of(Iterable<? extends JsonNode> statements, Statement.Kind kind) {
    List<Statement> compiled = new ArrayList<>();
    for (JsonNode statement : statements) {
      compiled.add(Statement.compile(statement, kind));
    }
    return new Policy(compiled);
  }

  /** Whether it asks for nothing of a request but action and resource. */
  public boolean isUnconditional() {
    return unconditional;
  }

  /**
   * The {@code Sid} of a statement, or null where it has none.
   *
   * @param statement its number, from 1 on
   */
  public @Nullable String sid(int statement) {
    return statements.get(statement - 1).sid();
  }

  /** What it says of a request: the strongest of what its statements say. */
  public Effect evaluate(AccessRequest request) {
    Effect strongest = Effect.NONE;
    int decides = 0;
    for (int i = 0; i < statements.size(); i++) {
      Effect effect = statements.get(i).evaluate(request);
      if (effect.compareTo(strongest) > 0) {
        strongest = effect;
        decides = i + 1;
      }
    }
    if (request.listener() != null) {
      request.listener().said(this, strongest, decides);
    }
    return strongest;
  }
}
