package io.portico.lambda.async;

import java.io.IOException;

/** Nothing says where a service of AWS's is; the message says what to set. */
public final class NoEndpointException extends IOException {
  public NoEndpointException(String message) {
    super(message);
  }
}
