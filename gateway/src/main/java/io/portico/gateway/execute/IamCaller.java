package io.portico.gateway.execute;

import io.portico.gateway.aws.AwsPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as IAM knows him.
 *
 * @param accessKeyId by which he signed, or null
 */
public record IamCaller(AwsPrincipal principal, @Nullable String accessKeyId) {}
