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
   * The word of one of its statements.
   *
   * @param number of the statement, from 1 on
   * @param sid its {@code Sid}, or null
   */
  public record Word(Effect effect, int number, @Nullable String sid) {}

  /**
   * The statement that decides what it says of a request, the first of several; null where none
   * says anything.
   */
  public @Nullable Word word(AccessRequest request) {
    Word strongest = null;
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Effect effect = statement.evaluate(request);
      if (effect.compareTo(strongest == null ? Effect.NONE : strongest.effect) > 0) {
        strongest = new Word(effect, i + 1, statement.sid());
      }
    }
    return strongest;
  }

  /** What it says of a request: the strongest of what its statements say. */
  public Effect evaluate(AccessRequest request) {
    Effect strongest = Effect.NONE;
    for (Statement statement : statements) {
      Effect effect = statement.evaluate(request);
      if (effect.compareTo(strongest) > 0) {
        strongest = effect;
      }
    }
    return strongest;
  }
}
