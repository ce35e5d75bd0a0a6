package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.policy.Policy.Effect;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody who has signed, with the policies that say what he may do.
 *
 * @param arn for {@code aws:PrincipalArn}: of a role's session it is the role's
 * @param permissions of which one must allow
 * @param limits of each of which one must allow as well: a permissions boundary, the policies of a
 *     session
 */
public record IamIdentity(
    Requester.Signed requester, String arn, List<Policy> permissions, List<List<Policy>> limits) {

  /** An account itself, which may everything in it. */
  public static IamIdentity root(String accountId) {
    Requester.Signed root = Requester.Signed.root(accountId);
    return new IamIdentity(root, "arn:aws:iam::" + accountId + ":root", List.of(), List.of());
  }

  /** Somebody who may nothing of himself, whatever his policies say. */
  public static IamIdentity powerless(String accountId, String arn) {
    return new IamIdentity(
        new Requester.Signed(accountId, false, Set.of()), arn, List.of(), List.of(List.of()));
  }

  /**
   * Whether he may do something with a resource. AWS: what one policy denies no other one allows;
   * within an account the identity's policies or the resource's have to allow it, between accounts
   * both; source: documented,
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. That
   * a resource's policy which names a session allows more than its limits do is AWS's alone.
   *
   * @param resourcePolicy the resource's own
   * @param owner the account of the resource
   */
  public boolean may(
      String action, String resource, RequestContext context, Policy resourcePolicy, String owner) {
    AccessRequest request = new AccessRequest(requester, action, resource, context);
    Effect ofResource = resourcePolicy.evaluate(request);
    if (ofResource == Effect.DENY || denies(request)) {
      return false;
    }
    if (!limits.stream().allMatch(limit -> allows(limit, request))) {
      return false;
    }
    boolean ofIdentity = requester.root() || allows(permissions, request);
    return requester.accountId().equals(owner)
        ? ofIdentity || ofResource == Effect.ALLOW
        : ofIdentity && ofResource != Effect.NONE;
  }

  private boolean denies(AccessRequest request) {
    return Stream.concat(permissions.stream(), limits.stream().flatMap(List::stream))
        .anyMatch(policy -> policy.evaluate(request) == Effect.DENY);
  }

  private static boolean allows(List<Policy> policies, AccessRequest request) {
    return policies.stream().anyMatch(policy -> policy.evaluate(request) == Effect.ALLOW);
  }
}
