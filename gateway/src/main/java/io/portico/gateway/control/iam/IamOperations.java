package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Operations;

/** IAM: every family of operations that is built. */
public final class IamOperations {
  private IamOperations() {}

  public static Operations of(IamEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new Roles(environment).register(operations);
    new RoleUpdates(environment).register(operations);
    new ServiceLinkedRoles(environment).register(operations);
    new InstanceProfiles(environment).register(operations);
    new Users(environment).register(operations);
    new AccessKeys(environment).register(operations);
    new AbsentCredentials(environment).register(operations);
    for (PolicyHolder holder : PolicyHolder.values()) {
      new InlinePolicies(environment, holder).register(operations);
      new Attachments(environment, holder).register(operations);
    }
    new PolicyEntities(environment).register(operations);
    new ManagedPolicies(environment).register(operations);
    new PolicyVersions(environment).register(operations);
    new Tags(environment).register(operations);
    return operations.build();
  }
}
