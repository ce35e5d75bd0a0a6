package io.portico.gateway.execute;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the test of an authorizer.
 *
 * @param clientStatus 0 where it knows the caller, else what he would be answered
 * @param latencyMillis in all
 * @param log what happened
 * @param principalId of the caller, or null
 * @param policy what he may call, or null
 * @param claims of a token
 */
public record AuthorizerTestAnswer(
    int clientStatus,
    long latencyMillis,
    String log,
    @Nullable String principalId,
    @Nullable String policy,
    Map<String, String> claims) {}
