package io.portico.gateway.execute.usage;

/**
 * What usage is counted for: an API key in a usage plan.
 *
 * @param scope the account and region of both
 */
public record MeteredKey(String scope, String usagePlanId, String keyId) {}
