package io.portico.gateway.execute;

import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.CloudFront;
import java.util.Locale;
import java.util.Set;

/**
 * The client's headers as every stage sees them: without those the front end keeps for itself, and
 * with what it says of the client's connection and the trace in the place of the client's own word.
 *
 * <p>AWS: so the events of functions and the requests to proxied backends have them (recorded,
 * facts PRX-01, REQ-02); that mappings and templates see the same is inferred. A test has no front
 * end (recorded, facts TIN-03).
 */
final class FrontEndHeaders {
  /** AWS: recorded, facts REQ-04, PRX-13. */
  private static final HeaderNames KEPT =
      HeaderNames.of(
          "Connection",
          "Content-Length",
          "Content-MD5",
          "Expect",
          "Keep-Alive",
          "Max-Forwards",
          "Proxy-Authenticate",
          "Proxy-Connection",
          "Server",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "WWW-Authenticate");

  private static final String TRACE_ID = "X-Amzn-Trace-Id";
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PORT = "X-Forwarded-Port";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  /** What the front end says itself. */
  private static final HeaderNames OWN =
      HeaderNames.of(TRACE_ID, FORWARDED_FOR, FORWARDED_PORT, FORWARDED_PROTO);

  private FrontEndHeaders() {}

  static Headers of(Invocation invocation) {
    Headers received = invocation.request().headers();
    if (invocation.test() != null) {
      return received;
    }
    ClientConnection connection = invocation.request().connection();
    CloudFront cloudFront = invocation.stage().cloudFront();
    Set<String> nominated = ConnectionFields.nominated(received);
    Headers.Builder passed = Headers.builder();
    for (int i = 0; i < received.size(); i++) {
      String name = received.name(i);
      if (!KEPT.contains(name)
          && !OWN.contains(name)
          && (cloudFront == null || !CloudFrontHeaders.isOwn(name))
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        passed.addChecked(name, received.value(i));
      }
    }
    if (cloudFront != null) {
      CloudFrontHeaders.addTo(passed, received, invocation, cloudFront);
    }
    return passed
        .addChecked(TRACE_ID, invocation.traceId())
        .addChecked(FORWARDED_FOR, chain(received, connection))
        .addChecked(FORWARDED_PORT, connection.localPort())
        .addChecked(FORWARDED_PROTO, connection.scheme())
        .build();
  }

  /** The client's chain with the address it connects from behind it. */
  private static String chain(Headers received, ClientConnection connection) {
    String chain = received.first(FORWARDED_FOR);
    if (chain == null) {
      return connection.remoteIp();
    }
    return String.join(", ", received.all(FORWARDED_FOR)) + ", " + connection.remoteIp();
  }
}
