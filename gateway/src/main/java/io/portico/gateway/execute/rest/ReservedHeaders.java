package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.http.ConnectionFields;
import io.portico.gateway.http.Headers;
import java.util.List;
import java.util.Locale;

/**
 * Headers a response cannot set: API Gateway keeps their names for itself.
 *
 * <p>AWS: recorded, facts RSP-07, RSP-08; {@code Via} of a proxied backend second-hand, facts
 * SEC-13.
 */
final class ReservedHeaders {
  private static final String REMAPPED = "x-amzn-Remapped-";

  private static final HeaderNames RENAMED =
      HeaderNames.of(
          "Authorization",
          "Connection",
          "Content-Length",
          "Content-MD5",
          "Date",
          "Expect",
          "Host",
          "Max-Forwards",
          "Proxy-Authenticate",
          "Server",
          "Trailer",
          "Upgrade",
          "User-Agent",
          "WWW-Authenticate",
          "x-amzn-RequestId");

  private static final HeaderNames DROPPED = HeaderNames.of("Transfer-Encoding", "Keep-Alive");
  private static final HeaderNames DROPPED_FROM_BACKEND =
      HeaderNames.of("Transfer-Encoding", "Keep-Alive", "Via");

  private ReservedHeaders() {}

  /** Appends a header that a mapping, an override or a function sets. */
  static void add(Headers.Builder headers, String name, String value) {
    if (!DROPPED.contains(name)) {
      HeaderText.add(headers, sentAs(name), value);
    }
  }

  /** As {@link #add}, in place of what the client would be sent under that name. */
  static void set(Headers.Builder headers, String name, String value) {
    headers.remove(sentAs(name));
    add(headers, name, value);
  }

  /**
   * The headers of a proxied backend, which a strict parser has read. What its {@code Connection}
   * names was meant for the gateway only; {@code Connection} itself is told on under its other
   * name.
   */
  static Headers.Builder ofBackend(Headers backend) {
    List<String> nominated = ConnectionFields.nominated(backend);
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < backend.size(); i++) {
      String name = backend.name(i);
      if (!DROPPED_FROM_BACKEND.contains(name)
          && (nominated.isEmpty() || !nominated.contains(name.toLowerCase(Locale.ROOT)))) {
        headers.addChecked(sentAs(name), backend.value(i));
      }
    }
    return headers;
  }

  private static String sentAs(String name) {
    return RENAMED.contains(name) ? REMAPPED + name : name;
  }
}
