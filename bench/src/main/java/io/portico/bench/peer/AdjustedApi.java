package io.portico.bench.peer;

import java.io.IOException;

/**
 * An API whose stage is patched once it is deployed.
 *
 * @param settings file in {@code bench/peers} with the patch operations
 * @param logged whether they make the stage log its calls
 */
public record AdjustedApi(Api api, String settings, boolean logged) implements Api {

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    String id = api.deploy(controlPlane, workplace, backendPort);
    controlPlane.call("PATCH", "/restapis/" + id + "/stages/" + STAGE, workplace.text(settings));
    return id;
  }
}
