package io.portico.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client's opening handshake for a WebSocket connection, as it stands in a request: of HTTP/1.1
 * (RFC 6455, 4.2.1) or of HTTP/2 (RFC 8441, 5), which has neither a key nor an Upgrade.
 */
public final class OpeningHandshake {
  private static final String VERSION = "13";

  /** Sixteen bytes in base64. */
  private static final int KEY_LENGTH = 24;

  private OpeningHandshake() {}

  /** Whether a request asks for a WebSocket connection, well or not. */
  public static boolean isIn(HttpRequest request) {
    return request.opensWebSocket() || hasToken(request.headers(), "Upgrade", "websocket");
  }

  /**
   * Why a request cannot become a WebSocket connection, as an answer; empty if it can. One that
   * does not ask for it is told to.
   */
  public static Optional<HttpResponse> refusal(HttpRequest request) {
    return request.opensWebSocket() ? refusalOnStream(request) : refusalOfUpgrade(request);
  }

  private static Optional<HttpResponse> refusalOnStream(HttpRequest request) {
    return isOfVersion(request.headers())
        ? Optional.empty()
        // Not 426: there is nothing to upgrade to (RFC 9110, 15.5.22).
        : refused(400, "Sec-WebSocket-Version is not " + VERSION, "Sec-WebSocket-Version", VERSION);
  }

  private static Optional<HttpResponse> refusalOfUpgrade(HttpRequest request) {
    Headers headers = request.headers();
    if (!request.method().equals("GET")) {
      return refused(405, "Method Not Allowed", "Allow", "GET");
    }
    if (!request.protocol().equals("HTTP/1.1")) {
      return refused(
          400, "A WebSocket connection begins with an upgrade of HTTP/1.1, or CONNECT of HTTP/2");
    }
    if (!isIn(request)) {
      return upgradeRequired();
    }
    if (!hasToken(headers, "Connection", "upgrade")) {
      return refused(400, "Connection does not name Upgrade");
    }
    if (!isOfVersion(headers)) {
      return upgradeRequired();
    }
    List<String> keys = headers.all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      return refused(400, "Sec-WebSocket-Key is not sixteen bytes in base64");
    }
    if (request.body().length() != 0) {
      return refused(400, "An opening handshake has no content");
    }
    return Optional.empty();
  }

  /**
   * The answer to an HTTP/2 handshake where nothing is that speaks WebSocket. HTTP/1.1's would be
   * answered as any other request; this one takes every 2xx for an open connection.
   */
  public static HttpResponse notHere() {
    return answer(400, "There is no WebSocket API here");
  }

  /** The subprotocols that a client offers, the one it likes best first. */
  public static List<String> protocols(HttpRequest request) {
    return elements(request.headers(), "Sec-WebSocket-Protocol");
  }

  private static Optional<HttpResponse> upgradeRequired() {
    return refused(
        426, "Upgrade Required", "Upgrade", "websocket", "Sec-WebSocket-Version", VERSION);
  }

  private static Optional<HttpResponse> refused(int status, String message, String... fields) {
    return Optional.of(answer(status, message, fields));
  }

  private static HttpResponse answer(int status, String message, String... fields) {
    Headers.Builder headers = Headers.of(fields).toBuilder();
    headers.add("Content-Type", "application/json");
    return new HttpResponse(status, headers.build(), Body.of("{\"message\": \"" + message + "\"}"));
  }

  private static boolean isOfVersion(Headers headers) {
    return headers.all("Sec-WebSocket-Version").equals(List.of(VERSION));
  }

  private static boolean isKey(String text) {
    int letters = KEY_LENGTH - 2;
    return text.length() == KEY_LENGTH
        && text.endsWith("==")
        && text.chars()
            .limit(letters)
            .allMatch(
                c ->
                    (c >= 'A' && c <= 'Z')
                        || (c >= 'a' && c <= 'z')
                        || (c >= '0' && c <= '9')
                        || c == '+'
                        || c == '/');
  }

  private static boolean hasToken(Headers headers, String name, String token) {
    return elements(headers, name).stream().anyMatch(token::equalsIgnoreCase);
  }

  private static List<String> elements(Headers headers, String name) {
    List<String> elements = new ArrayList<>();
    for (String value : headers.all(name)) {
      for (String element : value.split(",", -1)) {
        if (!element.isBlank()) {
          elements.add(element.strip());
        }
      }
    }
    return elements;
  }
}
