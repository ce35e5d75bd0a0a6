package io.portico.bench.peer;

import java.io.IOException;

/** What a server is told over the wire to serve. */
public interface Api {

  /** The stage that every one of them is deployed to. */
  String STAGE = "bench";

  /**
   * Makes it and deploys it.
   *
   * @return the API's id
   * @throws IOException if an answer does not come
   */
  String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort) throws IOException;

  /** Whether the stage logs its calls. */
  default boolean logged() {
    return false;
  }
}
