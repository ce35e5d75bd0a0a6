package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Operations;

/** API Gateway v1: every family of operations that is built. */
public final class V1Operations {
  private V1Operations() {}

  public static Operations of(V1Environment environment) {
    Operations.Builder operations = Operations.builder();
    new RestApis(environment).register(operations);
    new Resources(environment).register(operations);
    new Methods(environment).register(operations);
    new MethodTests(environment).register(operations);
    new MethodResponses(environment).register(operations);
    new Integrations(environment).register(operations);
    new IntegrationResponses(environment).register(operations);
    new Models(environment).register(operations);
    new RequestValidators(environment).register(operations);
    new GatewayResponses(environment).register(operations);
    new Deployments(environment).register(operations);
    new Stages(environment).register(operations);
    new Imports(environment).register(operations);
    new Exports(environment).register(operations);
    new DocumentationParts(environment).register(operations);
    new DocumentationVersions(environment).register(operations);
    new Sdks(environment).register(operations);
    Tags.operations(environment).register(operations);
    new Account(environment).register(operations);
    new ApiKeys(environment).register(operations);
    new ApiKeyImports(environment).register(operations);
    new UsagePlans(environment).register(operations);
    new UsagePlanKeys(environment).register(operations);
    new Usages(environment).register(operations);
    new Authorizers(environment).register(operations);
    new AuthorizerTests(environment).register(operations);
    new VpcLinks(environment).register(operations);
    new ClientCertificates(environment).register(operations);
    new DomainNames(environment).register(operations);
    new BasePathMappings(environment).register(operations);
    new AccessAssociations(environment).register(operations);
    return operations.build();
  }
}
