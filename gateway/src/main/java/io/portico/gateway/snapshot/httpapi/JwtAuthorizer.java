package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.List;

/**
 * A <b>JWT authorizer</b>, ready to verify tokens.
 *
 * @param id within its API
 * @param identitySource where callers have their tokens: a header or a query parameter
 * @param issuers the names by which its tokens may call their issuer
 * @param audience for whom tokens may be; a token is for one of them
 * @param keys where the issuer publishes its keys, or how it can be called
 * @param discovered whether {@code keys} is the latter, an OpenID configuration
 */
public record JwtAuthorizer(
    String id,
    ParameterSource identitySource,
    List<String> issuers,
    List<String> audience,
    KeySetUrl keys,
    boolean discovered) {}
