package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.policy.Policy.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The {@code Principal} of a statement, or its {@code NotPrincipal}.
 *
 * @param not whether it names those who are not meant
 * @param everything {@code "*"}: services, too
 * @param everybody {@code {"AWS": "*"}}
 * @param accounts whole accounts
 * @param identities ARNs of users, roles and sessions
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
record PrincipalElement(
    boolean not,
    boolean everything,
    boolean everybody,
    Set<String> accounts,
    Set<String> identities,
    Set<String> services) {
  private static final Pattern ACCOUNT =
      Pattern.compile("(\\d{12})|arn:aws[a-z-]*:iam::(\\d{12}):root");

  /**
   * Null where it is not understood.
   *
   * @param not whether it is {@code NotPrincipal}
   */
  static @Nullable PrincipalElement of(JsonNode node, boolean not) {
    // AWS: "*" is everybody, services too; source: inferred from IAM's global condition keys, where
    // aws:PrincipalIsAWSService tells services apart within it.
    if (node.isString() && node.asString().equals("*")) {
      return new PrincipalElement(not, true, true, Set.of(), Set.of(), Set.of());
    }
    if (!node.isObject() || node.isEmpty()) {
      return null;
    }
    List<String> named = new ArrayList<>();
    Set<String> services = new HashSet<>();
    for (Map.Entry<String, JsonNode> kind : node.properties()) {
      List<String> texts = Statement.texts(kind.getValue());
      if (texts == null) {
        return null;
      }
      switch (kind.getKey()) {
        case "AWS" -> named.addAll(texts);
        case "Service" -> services.addAll(texts);
        // Federated and CanonicalUser: nobody who comes here is one.
        default -> {
          return null;
        }
      }
    }
    return ofNamed(named, Set.copyOf(services), not);
  }

  private static PrincipalElement ofNamed(List<String> named, Set<String> services, boolean not) {
    Set<String> accounts = new HashSet<>();
    Set<String> identities = new HashSet<>();
    for (String name : named) {
      Matcher account = ACCOUNT.matcher(name);
      if (account.matches()) {
        accounts.add(account.group(1) == null ? account.group(2) : account.group(1));
      } else {
        identities.add(name);
      }
    }
    return new PrincipalElement(
        not, false, identities.remove("*"), Set.copyOf(accounts), Set.copyOf(identities), services);
  }

  /**
   * Whom it means: nobody, the requester himself, or whom his account trusts.
   *
   * @param allows whether its statement allows
   */
  Effect evaluate(Requester requester, boolean allows) {
    if (!not) {
      return named(requester);
    }
    boolean excepted =
        allows ? named(requester) != Effect.NONE || isNamed(requester) : isSpared(requester);
    return excepted ? Effect.NONE : Effect.ALLOW;
  }

  /** Whether one of his names is there. */
  private boolean isNamed(Requester requester) {
    return requester instanceof Requester.Signed signed
        && signed.arns().stream().anyMatch(identities::contains);
  }

  /**
   * Whether a statement that denies all others spares him. AWS: it has to name his account beside
   * him, and a session's role beside the session; source: documented,
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html.
   */
  private boolean isSpared(Requester requester) {
    return switch (requester) {
      case Requester.Anonymous anonymous -> everybody;
      case Requester.Service service -> everything || services.contains(service.name());
      case Requester.Signed signed ->
          everybody
              || (accounts.contains(signed.accountId())
                  && (signed.root() || identities.containsAll(signed.arns())));
    };
  }

  private Effect named(Requester requester) {
    return switch (requester) {
      case Requester.Anonymous anonymous -> everybody ? Effect.ALLOW : Effect.NONE;
      case Requester.Service service ->
          everything || services.contains(service.name()) ? Effect.ALLOW : Effect.NONE;
      case Requester.Signed signed -> evaluate(signed);
    };
  }

  private Effect evaluate(Requester.Signed signed) {
    boolean account = accounts.contains(signed.accountId());
    if (everybody
        || (account && signed.root())
        || signed.arns().stream().anyMatch(identities::contains)) {
      return Effect.ALLOW;
    }
    // AWS: an account's policies then have to allow it as well; source: documented, as above.
    return account ? Effect.DELEGATE : Effect.NONE;
  }
}
