package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Requester;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those who can sign the requests of cases, by the names that cases call them. */
final class CaseIdentities implements Identities {
  private static final String ACCOUNT = "000000000000";
  private static final String ARN = "arn:aws:iam::" + ACCOUNT + ":";
  private static final AwsPrincipal OWNER = new AwsPrincipal(ACCOUNT, ARN + "root", ACCOUNT);
  private static final AwsPrincipal USER =
      new AwsPrincipal(ACCOUNT, ARN + "user/powerless", "AIDAPOWERLESS");

  private static final String STAGE = "arn:aws:execute-api:us-east-1:" + ACCOUNT + ":abc1234567/";

  private static final String MANAGE = " execute-api:ManageConnections " + STAGE;
  private static final String INVOKE = " execute-api:Invoke " + STAGE;

  /** What users may and may not do, by their names: a statement's effect, action and resource. */
  private static final Map<String, List<String>> STATEMENTS =
      Map.of(
          "poster", List.of("Allow" + MANAGE + "prod/POST/@connections/*"),
          "poster-to-one", List.of("Allow" + MANAGE + "prod/POST/@connections/one"),
          "poster-elsewhere", List.of("Allow" + MANAGE + "test/POST/@connections/*"),
          "poster-denied",
              List.of("Allow" + MANAGE + "*", "Deny" + MANAGE + "prod/POST/@connections"),
          "host", List.of("Allow" + MANAGE + "prod/*/@groups/room-*"),
          "host-denied", List.of("Allow" + MANAGE + "*", "Deny" + MANAGE + "prod/*/@groups/vip"),
          "caller-denied", List.of("Allow" + INVOKE + "*", "Deny" + INVOKE + "*/GET/signed"));

  /**
   * The account's root, he for a while, he a while ago, a user who may nothing, and those who have
   * policies.
   */
  private static final Map<String, AccessKey> KEYS = keys();

  private static Map<String, AccessKey> keys() {
    Map<String, AccessKey> keys = new HashMap<>();
    keys.put("root", key("AKIAROOT", null, OWNER, Instant.MAX));
    keys.put("session", key("ASIASESSION", "a-token", OWNER, Instant.MAX));
    keys.put("expired", key("ASIAEXPIRED", "a-token-that-was", OWNER, Instant.EPOCH));
    keys.put("powerless", key("AKIAPOWERLESS", null, USER, Instant.MAX));
    for (String name : STATEMENTS.keySet()) {
      AwsPrincipal user = new AwsPrincipal(ACCOUNT, ARN + "user/" + name, "AIDA" + name);
      keys.put(name, key("AKIA" + name, null, user, Instant.MAX));
    }
    return keys;
  }

  private static AccessKey key(
      String id, @Nullable String sessionToken, AwsPrincipal principal, Instant expiration) {
    return new AccessKey(
        new Credentials(id, "secret of " + id, sessionToken), principal, expiration);
  }

  /**
   * What somebody signs with.
   *
   * @param name a person's, or {@code forger} for who says that he is root and does not know the
   *     secret, or {@code stranger} for whom nobody knows
   */
  static Credentials of(String name) {
    if (name.equals("stranger")) {
      return new Credentials("AKIASTRANGER", "a secret that nobody has given out", null);
    }
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
    String arn = key.principal().arn();
    List<String> own = STATEMENTS.get(arn.substring(arn.lastIndexOf('/') + 1));
    if (own != null) {
      return new IamIdentity(
          new Requester.Signed(ACCOUNT, false, Set.of(arn)),
          arn,
          own.stream().map(CaseIdentities::policy).toList(),
          List.of());
    }
    return key.principal().equals(OWNER)
        ? IamIdentity.root(ACCOUNT)
        : IamIdentity.powerless(ACCOUNT, arn);
  }

  /**
   * @param statement effect, action and resource
   */
  private static Policy policy(String statement) {
    String[] words = statement.split(" ", 3);
    return Policy.ofIdentity(
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "%s", "Action": "%s", "Resource": "%s"}]}
        """
            .formatted(words[0], words[1], words[2]));
  }
}
