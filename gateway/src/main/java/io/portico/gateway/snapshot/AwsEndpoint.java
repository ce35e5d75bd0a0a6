package io.portico.gateway.snapshot;

import io.portico.gateway.http.UpstreamRequest.Origin;

/**
 * Where an AWS service is called, and how it is signed for.
 *
 * @param origin where to connect
 * @param host the value of {@code Host}; not always the origin's name
 * @param region that signatures name
 * @param signingName that signatures name
 */
public record AwsEndpoint(Origin origin, String host, String region, String signingName) {}
