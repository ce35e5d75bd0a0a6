package io.portico.gateway.model;

import java.util.List;

/**
 * A REST API whole: what an import makes, an export prints, a deployment freezes and the compiler
 * reads. Resources come ordered by path.
 */
public record ApiDefinition(
    RestApiRecord api,
    List<ResourceRecord> resources,
    List<AuthorizerRecord> authorizers,
    List<ModelRecord> models,
    List<RequestValidatorRecord> requestValidators,
    List<GatewayResponseRecord> gatewayResponses) {}
