package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those who can sign the requests of cases, by the names that cases call them. */
final class CaseIdentities implements Identities {
  private static final String ACCOUNT = "000000000000";
  private static final String ARN = "arn:aws:iam::" + ACCOUNT + ":";
  private static final AwsPrincipal OWNER = new AwsPrincipal(ACCOUNT, ARN + "root", ACCOUNT);
  private static final AwsPrincipal USER =
      new AwsPrincipal(ACCOUNT, ARN + "user/powerless", "AIDAPOWERLESS");

  /** The account's root, he for a while, he a while ago, and a user who may nothing. */
  private static final Map<String, AccessKey> KEYS =
      Map.of(
          "root", key("AKIAROOT", null, OWNER, Instant.MAX),
          "session", key("ASIASESSION", "a-token", OWNER, Instant.MAX),
          "expired", key("ASIAEXPIRED", "a-token-that-was", OWNER, Instant.EPOCH),
          "powerless", key("AKIAPOWERLESS", null, USER, Instant.MAX));

  private static AccessKey key(
      String id, @Nullable String sessionToken, AwsPrincipal principal, Instant expiration) {
    return new AccessKey(
        new Credentials(id, "secret of " + id, sessionToken), principal, expiration);
  }

  /**
   * What somebody signs with.
   *
   * @param name a person's, or {@code forger} for who says that he is root and does not know the
   *     secret
   */
  static Credentials of(String name) {
    if (name.equals("forger")) {
      return new Credentials("AKIAROOT", "some other secret", null);
    }
    AccessKey key = KEYS.get(name);
    if (key == null) {
      throw new IllegalArgumentException("nobody signs as " + name);
    }
    return key.credentials();
  }

  @Override
  public @Nullable AccessKey find(String accessKeyId) {
    return KEYS.values().stream()
        .filter(key -> key.credentials().accessKeyId().equals(accessKeyId))
        .findFirst()
        .orElse(null);
  }

  @Override
  public IamIdentity identify(AccessKey key) {
    return key.principal().equals(OWNER)
        ? IamIdentity.root(ACCOUNT)
        : IamIdentity.powerless(ACCOUNT, key.principal().arn());
  }
}
