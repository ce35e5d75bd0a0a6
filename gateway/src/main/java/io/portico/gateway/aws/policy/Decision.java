package io.portico.gateway.aws.policy;

/**
 * Whether somebody may do something and, if not, whose word that is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot
 *     access denied error messages</a>
 */
public enum Decision {
  ALLOWED(false, ""),
  DENIED_BY_RESOURCE(true, "a resource-based policy"),
  DENIED_BY_IDENTITY(true, "an identity-based policy"),
  DENIED_BY_BOUNDARY(true, "a permissions boundary"),
  DENIED_BY_SESSION(true, "a session policy"),
  NOT_ALLOWED_BY_RESOURCE(false, "resource-based policy"),
  NOT_ALLOWED_BY_IDENTITY(false, "identity-based policy"),
  NOT_ALLOWED_BY_BOUNDARY(false, "permissions boundary"),
  NOT_ALLOWED_BY_SESSION(false, "session policy");

  private final boolean explicitly;
  private final String policy;

  Decision(boolean explicitly, String policy) {
    this.explicitly = explicitly;
    this.policy = policy;
  }

  /** Whether a statement denies it, rather than none allowing it. */
  public boolean isExplicit() {
    return explicitly;
  }

  /**
   * How AWS ends its message for one who may not; begins with a blank.
   *
   * @param action such as {@code execute-api:Invoke}
   */
  public String because(String action) {
    if (this == ALLOWED) {
      throw new IllegalStateException("nothing is denied");
    }
    return explicitly
        ? " with an explicit deny in " + policy
        : " because no " + policy + " allows the " + action + " action";
  }
}
