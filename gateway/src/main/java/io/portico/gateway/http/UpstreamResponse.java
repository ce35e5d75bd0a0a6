package io.portico.gateway.http;

/**
 * A backend's answer, untouched.
 *
 * @param status three digits
 * @param headers as received, hop-by-hop fields included
 * @param body the content, as a rule still arriving
 */
public record UpstreamResponse(int status, Headers headers, Body body) {}
