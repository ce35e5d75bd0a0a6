package io.portico.lambda.environment;

import io.portico.gateway.http.HttpHandler;
import java.io.IOException;

/** Where the Runtime API of an execution environment can listen: a port of loopback for each. */
@FunctionalInterface
public interface RuntimeListeners {

  /**
   * Listens on a free port.
   *
   * @throws IOException if there is none
   */
  Listening open(HttpHandler handler) throws IOException;

  /** A port that is listened on. */
  interface Listening extends AutoCloseable {

    /** {@code 127.0.0.1:34567}. */
    String address();

    @Override
    void close();
  }
}
