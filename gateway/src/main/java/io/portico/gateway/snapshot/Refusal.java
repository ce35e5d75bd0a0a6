package io.portico.gateway.snapshot;

/**
 * Why a route is closed: a setting that restricts access and is not enforced yet, or that cannot be
 * understood. Whoever calls gets {@code type}; the log and the metrics get {@code setting}.
 *
 * @param type how the refusal is answered
 * @param setting which setting closes the route, such as {@code authorizationType CUSTOM}
 */
public record Refusal(GatewayResponseType type, String setting) {}
