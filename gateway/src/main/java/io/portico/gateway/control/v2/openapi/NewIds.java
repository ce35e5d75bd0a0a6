package io.portico.gateway.control.v2.openapi;

/** Ids for what an import creates, each of which is given once. */
public interface NewIds {
  String route();

  String integration();

  String authorizer();
}
