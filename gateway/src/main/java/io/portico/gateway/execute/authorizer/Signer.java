package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.policy.IamIdentity;

/**
 * Somebody who has signed a call.
 *
 * @param key by which he signed
 * @param identity whom it stands for, with what he may do
 */
record Signer(AccessKey key, IamIdentity identity) {}
