package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.v2.portals.PortalEnvironment;
import io.portico.gateway.control.v2.portals.PortalOperations;

/** API Gateway v2: every family of operations that is built. */
public final class V2Operations {
  private V2Operations() {}

  public static Operations of(V2Environment environment) {
    Operations.Builder operations = Operations.builder();
    new Apis(environment).register(operations);
    new Routes(environment).register(operations);
    new RouteResponses(environment).register(operations);
    new Integrations(environment).register(operations);
    new IntegrationResponses(environment).register(operations);
    new Models(environment).register(operations);
    new Authorizers(environment).register(operations);
    new Deployments(environment).register(operations);
    new Stages(environment).register(operations);
    new Imports(environment).register(operations);
    new Exports(environment).register(operations);
    new ApiMappings(environment).register(operations);
    new DomainNames(environment).register(operations);
    new RoutingRules(environment).register(operations);
    new VpcLinks(environment).register(operations);
    PortalOperations.register(
        new PortalEnvironment(
            environment.records(),
            environment.clock(),
            environment.ids(),
            environment.quotas(),
            environment.certificates()),
        operations);
    Tags.operations(environment).register(operations);
    return operations.build();
  }
}
