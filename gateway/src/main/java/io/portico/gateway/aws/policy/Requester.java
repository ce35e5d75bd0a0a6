package io.portico.gateway.aws.policy;

import java.util.Set;

/** Who wants something, as the {@code Principal} of a resource's policy may mean him. */
public sealed interface Requester {
  /** Somebody who has not signed. */
  Requester ANONYMOUS = new Anonymous();

  record Anonymous() implements Requester {}

  /**
   * A service of AWS for itself.
   *
   * @param name such as {@code sns.amazonaws.com}
   */
  record Service(String name) implements Requester {}

  /**
   * Somebody who has signed.
   *
   * @param root whether he is the account itself
   * @param arns the names by which he may be meant: those of his session and its role
   */
  record Signed(String accountId, boolean root, Set<String> arns) implements Requester {
    /** An account itself. */
    public static Signed root(String accountId) {
      return new Signed(accountId, true, Set.of("arn:aws:iam::" + accountId + ":root"));
    }
  }
}
