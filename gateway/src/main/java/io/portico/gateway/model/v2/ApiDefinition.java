package io.portico.gateway.model.v2;

import java.util.List;

/** An HTTP or WebSocket API whole: what a deployment freezes and the compiler reads. */
public record ApiDefinition(
    ApiRecord api,
    List<RouteRecord> routes,
    List<IntegrationRecord> integrations,
    List<AuthorizerRecord> authorizers,
    List<ModelRecord> models) {}
