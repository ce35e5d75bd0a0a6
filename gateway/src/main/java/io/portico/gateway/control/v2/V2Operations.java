package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.Operations;

/** API Gateway v2: every family of operations that is built. */
public final class V2Operations {
  private V2Operations() {}

  public static Operations of(V2Environment environment) {
    Operations.Builder operations = Operations.builder();
    new ApiMappings(environment).register(operations);
    new DomainNames(environment).register(operations);
    new RoutingRules(environment).register(operations);
    new VpcLinks(environment).register(operations);
    Tags.operations(environment).register(operations);
    return operations.build();
  }
}
