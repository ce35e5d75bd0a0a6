package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;

/**
 * The <b>integration response</b>: what a backend's answer was made into.
 *
 * @param status what the client sees
 * @param headers what the client sees, reserved names renamed
 * @param body what the client sees
 */
public record IntegrationResponse(int status, Headers headers, Body body) {}
