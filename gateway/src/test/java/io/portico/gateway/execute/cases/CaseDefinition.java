package io.portico.gateway.execute.cases;

import io.portico.gateway.snapshot.GatewaySnapshot;

/** What a case's sections say of its API. */
public interface CaseDefinition {

  /** Takes a section; whether it is one of these. */
  boolean take(String name, String text);

  /** The stage that the sections make. */
  GatewaySnapshot served();

  /** What stands before the paths of requests. */
  String stagePath();
}
