/**
 * IAM's policies, whoever has them: what they say of a request, and what comes of several of them.
 *
 * <p>Fails closed: what is not understood of a statement that allows makes it say nothing, and of
 * one that denies makes it deny.
 */
@NullMarked
package io.portico.gateway.aws.policy;

import org.jspecify.annotations.NullMarked;
