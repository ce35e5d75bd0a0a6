package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.Operations;

/** AWS Certificate Manager: every family of operations that is built. */
public final class AcmOperations {
  private AcmOperations() {}

  public static Operations of(AcmEnvironment environment) {
    Operations.Builder operations = Operations.builder();
    new RequestedCertificates(environment).register(operations);
    new ImportedCertificates(environment).register(operations);
    new Certificates(environment).register(operations);
    new CertificateLists(environment).register(operations);
    new CertificateTags(environment).register(operations);
    return operations.build();
  }
}
