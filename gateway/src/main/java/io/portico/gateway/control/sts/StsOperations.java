package io.portico.gateway.control.sts;

import io.portico.gateway.control.protocol.Operations;

/** STS: every family of operations that is built. */
public final class StsOperations {
  private StsOperations() {}

  public static Operations of(StsEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new Callers(environment).register(operations);
    new TemporaryCredentials(environment).register(operations);
    return operations.build();
  }
}
