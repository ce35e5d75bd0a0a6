package io.portico.gateway.execute;

import io.portico.gateway.snapshot.httpapi.HttpStage;

/** The pipeline of HTTP APIs where no stage of any is served. */
public final class NoHttpApis {
  public static final Pipeline<HttpStage> PIPELINE =
      (request, address, stage, snapshot) -> {
        throw new AssertionError("a stage of an HTTP API is called: " + stage.key());
      };

  private NoHttpApis() {}
}
