package io.portico.gateway.control.sts;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The access key {@code test} with the secret {@code test}, with which clients that are not told
 * otherwise sign: it is the root's of the configured account. The control plane verifies no
 * signature, so that whoever reaches its port can be the root in any case.
 */
public final class RootKey implements Identities {
  private static final String TEST = "test";

  private final AccessKey key;
  private final IamIdentity root;
  private final Identities others;

  /**
   * @param accountId twelve digits
   * @param others who can sign as well
   */
  public RootKey(String accountId, Identities others) {
    this.root = IamIdentity.root(accountId);
    this.key =
        new AccessKey(
            new Credentials(TEST, TEST, null),
            new AwsPrincipal(accountId, root.arn(), accountId),
            Instant.MAX);
    this.others = others;
  }

  @Override
  public @Nullable AccessKey find(String accessKeyId) {
    return accessKeyId.equals(TEST) ? key : others.find(accessKeyId);
  }

  @Override
  public IamIdentity identify(AccessKey given) {
    return given.equals(key) ? root : others.identify(given);
  }
}
