package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.SigningIdentity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A <b>Lambda authorizer</b> of an HTTP API, ready to be asked.
 *
 * @param id within its API
 * @param key names it in what is kept while it serves, as it is configured: whatever its answers
 *     may depend on makes it another authorizer
 * @param function whom it asks
 * @param role as which the function is invoked; null where API Gateway itself invokes it
 * @param signer with whose credentials
 * @param format of what the function is told
 * @param simpleResponses whether it answers yes or no, rather than by a policy
 * @param identitySources what tells callers apart, all of which a caller has to bring
 * @param ttl how long an answer is kept; zero keeps none
 */
public record RequestAuthorizer(
    String id,
    String key,
    LambdaFunction function,
    @Nullable String role,
    SigningIdentity signer,
    PayloadFormat format,
    boolean simpleResponses,
    List<ParameterSource> identitySources,
    Duration ttl) {}
