package io.portico.transport.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a client offers of permessage-deflate (RFC 7692, 7.1), and what is accepted of it. */
final class CompressionOffer {
  /** No context is kept by either side, which a server may ask for whatever was offered. */
  static final String ACCEPTED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private CompressionOffer() {}

  /**
   * Whether one of the offers can be accepted.
   *
   * @param extensions the values of {@code Sec-WebSocket-Extensions}
   */
  static boolean isAcceptable(List<String> extensions) {
    return extensions.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .anyMatch(CompressionOffer::isOfferAcceptable);
  }

  private static boolean isOfferAcceptable(String offer) {
    String[] parts = offer.strip().toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("permessage-deflate")) {
      return false;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].strip().split("=", 2);
      String name = parameter[0].strip();
      String value = parameter.length > 1 ? unquoted(parameter[1].strip()) : "";
      if (!seen.add(name) || !isAcceptable(name, value, parameter.length > 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAcceptable(String name, String value, boolean given) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> !given;
      case "client_max_window_bits" -> !given || value.matches("[89]|1[0-5]");
      // A smaller window (server_max_window_bits) is nothing the JDK can be held to.
      default -> false;
    };
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
