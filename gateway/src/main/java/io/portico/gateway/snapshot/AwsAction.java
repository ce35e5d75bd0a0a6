package io.portico.gateway.snapshot;

import io.portico.gateway.aws.AwsService.JsonProtocol;

/**
 * An action of a service that speaks JSON, from an integration's {@code action/Name}.
 *
 * @param name such as {@code PutItem}
 * @param protocol how it is called
 */
public record AwsAction(String name, JsonProtocol protocol) {}
