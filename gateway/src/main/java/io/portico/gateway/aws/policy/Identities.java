package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AccessKeys;
import org.jspecify.annotations.Nullable;

/** Those who can sign, and what they may do. */
public interface Identities extends AccessKeys {

  /** Nobody can. */
  Identities NOBODY =
      new Identities() {
        @Override
        public @Nullable AccessKey find(String accessKeyId) {
          return null;
        }

        @Override
        public IamIdentity identify(AccessKey key) {
          return IamIdentity.powerless(key.principal().accountId(), key.principal().arn());
        }
      };

  /** Whom a key stands for, with the policies he has now. */
  IamIdentity identify(AccessKey key);
}
