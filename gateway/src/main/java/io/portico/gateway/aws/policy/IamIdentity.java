package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.policy.PermissionLimit.Kind;
import io.portico.gateway.aws.policy.Policy.Effect;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has signed, with the policies that say what he may do.
 *
 * @param arn for {@code aws:PrincipalArn}: of a role's session it is the role's
 * @param permissions of which one must allow
 * @param limits of each of which one must allow as well: a permissions boundary, the policies of a
 *     session
 */
public record IamIdentity(
    Requester.Signed requester,
    String arn,
    List<Policy> permissions,
    List<PermissionLimit> limits) {

  /** An account itself, which may everything in it. */
  public static IamIdentity root(String accountId) {
    Requester.Signed root = Requester.Signed.root(accountId);
    return new IamIdentity(root, "arn:aws:iam::" + accountId + ":root", List.of(), List.of());
  }

  /** Somebody who may nothing of himself, whatever his policies say. */
  public static IamIdentity powerless(String accountId, String arn) {
    return new IamIdentity(
        new Requester.Signed(accountId, false, Set.of()),
        arn,
        List.of(),
        List.of(new PermissionLimit(Kind.SESSION, List.of())));
  }

  /**
   * Whether he may do something with a resource: see {@link #decide}.
   *
   * @param resourcePolicy the resource's own
   * @param owner the account of the resource
   */
  public boolean may(
      String action, String resource, RequestContext context, Policy resourcePolicy, String owner) {
    return decide(action, resource, context, resourcePolicy, owner) == Decision.ALLOWED;
  }

  /**
   * Whether he may do something with a resource, and why not. AWS: what one policy denies no other
   * one allows; within an account the identity's policies or the resource's have to allow it,
   * between accounts both; source: documented,
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. That
   * a resource's policy which names a session allows more than its limits do is AWS's alone.
   *
   * @param resourcePolicy the resource's own
   * @param owner the account of the resource
   */
  public Decision decide(
      String action, String resource, RequestContext context, Policy resourcePolicy, String owner) {
    return decide(action, resource, context, resourcePolicy, owner, null);
  }

  /**
   * The same.
   *
   * @param listener hears what each policy says, or null
   */
  public Decision decide(
      String action,
      String resource,
      RequestContext context,
      Policy resourcePolicy,
      String owner,
      @Nullable PolicyListener listener) {
    AccessRequest request = new AccessRequest(requester, action, resource, context, listener);
    Effect ofResource = resourcePolicy.evaluate(request);
    Effect ofIdentity = requester.root() ? Effect.ALLOW : strongest(permissions, request);
    if (ofResource == Effect.DENY) {
      return Decision.DENIED_BY_RESOURCE;
    }
    if (ofIdentity == Effect.DENY) {
      return Decision.DENIED_BY_IDENTITY;
    }
    Decision limited = limited(request);
    if (limited != Decision.ALLOWED) {
      return limited;
    }
    boolean own = requester.accountId().equals(owner);
    if (ofIdentity != Effect.ALLOW) {
      return own && ofResource == Effect.ALLOW
          ? Decision.ALLOWED
          : Decision.NOT_ALLOWED_BY_IDENTITY;
    }
    return own || ofResource != Effect.NONE ? Decision.ALLOWED : Decision.NOT_ALLOWED_BY_RESOURCE;
  }

  /** What the limits say together: first of all what one of them denies. */
  private Decision limited(AccessRequest request) {
    Decision decision = Decision.ALLOWED;
    for (PermissionLimit limit : limits) {
      Effect effect = strongest(limit.policies(), request);
      if (effect == Effect.DENY) {
        return limit.kind().denied();
      }
      if (effect != Effect.ALLOW && decision == Decision.ALLOWED) {
        decision = limit.kind().notAllowed();
      }
    }
    return decision;
  }

  private static Effect strongest(List<Policy> policies, AccessRequest request) {
    Effect strongest = Effect.NONE;
    for (Policy policy : policies) {
      Effect effect = policy.evaluate(request);
      if (effect.compareTo(strongest) > 0) {
        strongest = effect;
      }
    }
    return strongest;
  }
}
