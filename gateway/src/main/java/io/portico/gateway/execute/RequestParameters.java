package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import java.util.Map;

/**
 * What the client sent beside the body.
 *
 * @param path the resource's path variables, not decoded, in the order of the path
 * @param query the query parameters
 * @param headers the client's headers without those the front end keeps for itself
 */
public record RequestParameters(Map<String, String> path, QueryString query, Headers headers) {}
