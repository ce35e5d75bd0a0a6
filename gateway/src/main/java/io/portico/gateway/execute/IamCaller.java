package io.portico.gateway.execute;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as IAM knows him.
 *
 * @param accessKeyId by which he signed, or null
 * @param credentials with which he signed; null where their secret is not known
 */
public record IamCaller(
    AwsPrincipal principal, @Nullable String accessKeyId, @Nullable Credentials credentials) {}
