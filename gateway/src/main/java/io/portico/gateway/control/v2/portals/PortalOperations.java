package io.portico.gateway.control.v2.portals;

import io.portico.gateway.control.protocol.Operations;

/** Every family of operations of portals. */
public final class PortalOperations {
  private PortalOperations() {}

  public static void register(PortalEnvironment environment, Operations.Builder operations) {
    new Portals(environment).register(operations);
    new PortalProducts(environment).register(operations);
    new ProductSharing(environment).register(operations);
    new ProductPages(environment).register(operations);
    new ProductRestEndpointPages(environment).register(operations);
  }
}
