package io.portico.gateway.execute;

import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.util.List;
import java.util.Locale;

/** The client's headers that the front end keeps for itself: no stage behind it sees them. */
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

  private FrontEndHeaders() {}

  static Headers stripped(Headers received) {
    List<String> nominated = ConnectionFields.nominated(received);
    Headers.Builder passed = Headers.builder();
    for (int i = 0; i < received.size(); i++) {
      String name = received.name(i);
      if (!KEPT.contains(name)
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        passed.addChecked(name, received.value(i));
      }
    }
    return passed.build();
  }
}
