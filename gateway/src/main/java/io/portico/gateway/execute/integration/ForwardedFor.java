package io.portico.gateway.execute.integration;

import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;

/** What a backend is told about the client's connection. */
final class ForwardedFor {
  private ForwardedFor() {}

  /** The client's chain with the address it connects from behind it. */
  static String chain(Headers client, ClientConnection connection) {
    String chain = client.first("X-Forwarded-For");
    if (chain == null) {
      return connection.remoteIp();
    }
    return String.join(", ", client.all("X-Forwarded-For")) + ", " + connection.remoteIp();
  }
}
