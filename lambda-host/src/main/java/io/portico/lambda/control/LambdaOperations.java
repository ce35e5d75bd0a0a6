package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Operations;

/** Lambda: every family of operations that is built. */
final class LambdaOperations {
  private LambdaOperations() {}

  static Operations of(LambdaEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new Functions(environment).register(operations);
    new FunctionLists(environment).register(operations);
    new Layers(environment).register(operations);
    new LayerPermissions(environment).register(operations);
    new Versions(environment).register(operations);
    new Aliases(environment).register(operations);
    new Permissions(environment).register(operations);
    new Concurrency(environment).register(operations);
    new ProvisionedConcurrency(environment).register(operations);
    new Tags(environment).register(operations);
    new EventInvokeConfigs(environment).register(operations);
    new RuntimeManagement(environment).register(operations);
    new Recursion(environment).register(operations);
    new CodeSigning(environment).register(operations);
    new EventSources().register(operations);
    new AccountSettings(environment).register(operations);
    new FunctionUrlConfigs(environment).register(operations);
    new Invoke(environment).register(operations);
    return operations.build();
  }
}
