package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
    List<String> nominated = nominated(received);
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

  /** Fields that {@code Connection} says end here (RFC 9110, section 7.6.1), lower-case. */
  private static List<String> nominated(Headers received) {
    String connection = received.first("Connection");
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return List.of();
    }
    return received.all("Connection").stream()
        .flatMap(field -> Stream.of(field.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.equals("host"))
        .toList();
  }
}
