package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AccessKeys;

/** Those who can sign, and what they may do. */
public interface Identities extends AccessKeys {

  /** Whom a key stands for, with the policies he has now. */
  IamIdentity identify(AccessKey key);
}
