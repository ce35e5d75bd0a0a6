package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Operations;

/** IAM: every family of operations that is built. */
public final class IamOperations {
  private IamOperations() {}

  public static Operations of(IamEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new Roles(environment).register(operations);
    new RoleUpdates(environment).register(operations);
    new InlinePolicies(environment).register(operations);
    new Attachments(environment).register(operations);
    new ManagedPolicies(environment).register(operations);
    new PolicyVersions(environment).register(operations);
    new Tags(environment).register(operations);
    return operations.build();
  }
}
