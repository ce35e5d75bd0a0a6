package io.portico.lambda.environment;

import io.portico.gateway.aws.Credentials;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.nio.file.Path;

/** Knows how functions of each runtime are started. */
@FunctionalInterface
public interface Launcher {

  /**
   * How to start a function.
   *
   * @throws IOException if it cannot be started here; the message says why, for its log and caller
   */
  Launch launch(FunctionSnapshot function, Place place) throws IOException;

  /**
   * Where it is started.
   *
   * @param api host and port of its Runtime API
   * @param temporary a folder of its own, in place of {@code /tmp}
   * @param logStream where its lines go
   * @param credentials of its role
   */
  record Place(String api, Path temporary, String logStream, Credentials credentials) {}
}
