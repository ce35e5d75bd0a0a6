package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code Forwarded} header that HTTP backends are sent: what the client says of those before
 * it, then the client itself.
 *
 * <p>AWS: incoming {@code X-Forwarded-*} are translated, and address, host and protocol appended;
 * source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-http-apis.
 * The order of the parameters is in requests that users have published, some of which say by which
 * address the gateway calls ({@code by}): that one is not known beforehand here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239, 4</a>
 */
final class Forwarded {
  static final String HEADER = "Forwarded";

  private Forwarded() {}

  static String of(Headers received, Invocation invocation) {
    ClientConnection connection = invocation.request().connection();
    List<String> elements = new ArrayList<>(received.all(HEADER));
    for (String chain : received.all("X-Forwarded-For")) {
      for (String address : chain.split(",", -1)) {
        if (!address.isBlank()) {
          elements.add("for=" + node(address.strip()));
        }
      }
    }
    elements.add(
        "for="
            + node(connection.remoteIp())
            + ";host="
            + value(invocation.request().host())
            + ";proto="
            + connection.scheme());
    return String.join(", ", elements);
  }

  /** An address of IPv6 stands in brackets, and so in quotes. */
  private static String node(String address) {
    boolean bare =
        address.indexOf(':') >= 0 && address.indexOf('.') < 0 && !address.startsWith("[");
    return value(bare ? "[" + address + "]" : address);
  }

  private static String value(String text) {
    return Headers.isName(text)
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
