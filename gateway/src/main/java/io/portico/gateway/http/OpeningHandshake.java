package io.portico.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client's opening handshake for a WebSocket connection, as it stands in a request (RFC 6455,
 * 4.2.1).
 */
public final class OpeningHandshake {
  private static final String VERSION = "13";

  /** Sixteen bytes in base64. */
  private static final int KEY_LENGTH = 24;

  private OpeningHandshake() {}

  /** Whether a request asks for a WebSocket connection, well or not. */
  public static boolean isIn(HttpRequest request) {
    return hasToken(request.headers(), "Upgrade", "websocket");
  }

  /**
   * Why a request cannot become a WebSocket connection, as an answer; empty if it can. One that
   * does not ask for it is told to.
   */
  public static Optional<HttpResponse> refusal(HttpRequest request) {
    Headers headers = request.headers();
    if (!request.method().equals("GET")) {
      return refused(405, "Method Not Allowed", "Allow", "GET");
    }
    if (!request.protocol().equals("HTTP/1.1")) {
      return refused(400, "A WebSocket connection begins with HTTP/1.1");
    }
    if (!isIn(request)) {
      return upgradeRequired();
    }
    if (!hasToken(headers, "Connection", "upgrade")) {
      return refused(400, "Connection does not name Upgrade");
    }
    if (!headers.all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
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

  /** The subprotocols that a client offers, the one it likes best first. */
  public static List<String> protocols(HttpRequest request) {
    return elements(request.headers(), "Sec-WebSocket-Protocol");
  }

  private static Optional<HttpResponse> upgradeRequired() {
    return refused(
        426, "Upgrade Required", "Upgrade", "websocket", "Sec-WebSocket-Version", VERSION);
  }

  private static Optional<HttpResponse> refused(int status, String message, String... fields) {
    Headers.Builder headers = Headers.of(fields).toBuilder();
    headers.add("Content-Type", "application/json");
    return Optional.of(
        new HttpResponse(status, headers.build(), Body.of("{\"message\": \"" + message + "\"}")));
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
