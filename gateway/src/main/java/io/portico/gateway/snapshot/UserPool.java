package io.portico.gateway.snapshot;

import io.portico.gateway.jose.KeySetUrl;
import java.util.List;

/**
 * A Cognito user pool whose tokens an authorizer takes.
 *
 * @param id such as {@code us-east-1_AbCdEfGhI}
 * @param issuers what its tokens may have as {@code iss}
 * @param keys where the keys are that sign them
 */
public record UserPool(String id, List<String> issuers, KeySetUrl keys) {}
