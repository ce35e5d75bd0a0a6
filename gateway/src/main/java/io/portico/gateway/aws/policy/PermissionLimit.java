package io.portico.gateway.aws.policy;

import java.util.List;

/**
 * What somebody may do at most, whatever else allows him more.
 *
 * @param policies of which one must allow
 */
public record PermissionLimit(Kind kind, List<Policy> policies) {

  /** Where a limit comes from. */
  public enum Kind {
    /** The permissions boundary of a user or role. */
    BOUNDARY(Decision.DENIED_BY_BOUNDARY, Decision.NOT_ALLOWED_BY_BOUNDARY),
    /** The policies that a session was given. */
    SESSION(Decision.DENIED_BY_SESSION, Decision.NOT_ALLOWED_BY_SESSION);

    private final Decision denied;
    private final Decision notAllowed;

    Kind(Decision denied, Decision notAllowed) {
      this.denied = denied;
      this.notAllowed = notAllowed;
    }

    Decision denied() {
      return denied;
    }

    Decision notAllowed() {
      return notAllowed;
    }
  }

  public PermissionLimit(Kind kind, List<Policy> policies) {
    this.kind = kind;
    this.policies = List.copyOf(policies);
  }

  /** A permissions boundary. */
  public static PermissionLimit boundary(Policy policy) {
    return new PermissionLimit(Kind.BOUNDARY, List.of(policy));
  }
}
