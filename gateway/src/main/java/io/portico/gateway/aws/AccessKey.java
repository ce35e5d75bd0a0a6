package io.portico.gateway.aws;

import java.time.Instant;

/**
 * An access key that was given out.
 *
 * @param expiration {@link Instant#MAX} for one that does not end by itself
 */
public record AccessKey(Credentials credentials, AwsPrincipal principal, Instant expiration) {}
