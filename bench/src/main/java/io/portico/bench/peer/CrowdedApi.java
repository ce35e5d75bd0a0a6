package io.portico.bench.peer;

import java.io.IOException;
import java.util.List;

/**
 * An API on a server that has very many others.
 *
 * @param api the one that is called
 * @param others how many there are besides
 */
public record CrowdedApi(Api api, int others) implements Api {

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    List<String> _ = Crowd.create(controlPlane, others);
    return api.deploy(controlPlane, workplace, backendPort);
  }

  @Override
  public boolean logged() {
    return api.logged();
  }
}
