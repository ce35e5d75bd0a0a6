package io.portico.gateway.control.quota;

/**
 * How a quota is set.
 *
 * @param limit most that AWS takes
 * @param mode what happens beyond
 */
public record QuotaSetting(long limit, QuotaMode mode) {}
