package io.portico.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An API that is no more than its definition.
 *
 * @param definition its OpenAPI file in {@code bench/peers}
 */
public record ImportedApi(String definition, Endpoint endpoint) implements Api {

  /** Before an edge-optimised API, AWS's default, stands a CDN, whose headers no peer adds. */
  public enum Endpoint {
    REGIONAL,
    EDGE
  }

  public static ImportedApi regional(String definition) {
    return new ImportedApi(definition, Endpoint.REGIONAL);
  }

  @Override
  public String deploy(ControlPlane controlPlane, Workplace workplace, int backendPort)
      throws IOException {
    Path file = workplace.configure(definition, Map.of("backend", "127.0.0.1:" + backendPort));
    String api = controlPlane.importRestApi(file, endpoint);
    controlPlane.createDeployment(api, STAGE);
    return api;
  }
}
