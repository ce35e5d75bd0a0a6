/**
 * JSON Web Tokens that issuers have signed, and the key sets of issuers: fetched with limits, kept
 * for a time, found again after a rotation.
 *
 * <p>Knows nothing of who may do what: a token is verified or refused, and what it claims is for
 * who asks. Keys come from the issuer's key set alone, never from a token.
 */
@NullMarked
package io.portico.gateway.jose;

import org.jspecify.annotations.NullMarked;
