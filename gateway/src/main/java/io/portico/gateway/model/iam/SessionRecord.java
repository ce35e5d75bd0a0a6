package io.portico.gateway.model.iam;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporary credentials that were given out.
 *
 * @param arn of whoever they stand for
 * @param userId the same as an id
 * @param roleArn of the role that was assumed, as it was asked for; null for an account's own
 * @param secretAccessKey null where it was not kept: then nothing can be verified by it
 * @param sessionToken null where the secret is
 * @param policies of the session alone, or null where it has none
 */
public record SessionRecord(
    String accessKeyId,
    String accountId,
    String arn,
    String userId,
    Instant expiration,
    @Nullable String roleArn,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable SessionPolicies policies) {

  /**
   * What a session may do at most.
   *
   * @param document as it was sent, or null
   * @param arns of managed policies
   */
  public record SessionPolicies(@Nullable String document, List<String> arns) {}

  /** The same for whoever need not know more. */
  public SessionRecord withoutSecrets() {
    return new SessionRecord(
        accessKeyId, accountId, arn, userId, expiration, roleArn, null, null, policies);
  }

  @Override
  public String toString() {
    return "SessionRecord[" + accessKeyId + ", " + arn + "]";
  }
}
