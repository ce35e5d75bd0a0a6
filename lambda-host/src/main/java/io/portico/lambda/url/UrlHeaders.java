package io.portico.lambda.url;

import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.util.Locale;
import java.util.Set;

/**
 * The client's headers as a function behind a URL sees them: without those of the connection, and
 * with what is known of it and of the trace in the place of the client's own word. AWS: source:
 * recorded, facts URL-03.
 */
final class UrlHeaders {
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "expect",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> OWN =
      Set.of(
          "x-amzn-tls-cipher-suite",
          "x-amzn-tls-version",
          "x-amzn-trace-id",
          "x-forwarded-for",
          "x-forwarded-port",
          "x-forwarded-proto");

  private UrlHeaders() {}

  /**
   * The headers of a call.
   *
   * @param traceRoot {@code Root=…}
   */
  static Headers of(HttpRequest request, String traceRoot) {
    Headers received = request.headers();
    Set<String> nominated = ConnectionFields.nominated(received);
    Headers.Builder passed = Headers.builder();
    for (Headers.Field field : received) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!OF_CONNECTION.contains(name) && !OWN.contains(name) && !nominated.contains(name)) {
        passed.addChecked(name, field.value());
      }
    }
    ClientConnection connection = request.connection();
    ClientConnection.TlsSession tls = connection.tls();
    if (tls != null) {
      passed
          .add("x-amzn-tls-cipher-suite", tls.cipherSuite())
          .add("x-amzn-tls-version", tls.version());
    }
    return passed
        .add("x-amzn-trace-id", traceRoot)
        .add("x-forwarded-for", chain(received, connection))
        .add("x-forwarded-port", connection.localPort())
        .add("x-forwarded-proto", connection.scheme())
        .build();
  }

  /** The client's chain with the address it connects from behind it. */
  private static String chain(Headers received, ClientConnection connection) {
    String chain = String.join(", ", received.all("X-Forwarded-For"));
    return chain.isEmpty() ? connection.remoteIp() : chain + ", " + connection.remoteIp();
  }
}
