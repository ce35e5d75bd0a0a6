package io.portico.transport.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client offers of permessage-deflate (RFC 7692, 7.1), and what is accepted of it. */
final class CompressionOffer {
  /** No context is kept by either side, which a server may ask for whatever was offered. */
  private static final String ACCEPTED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  private static final String SERVER_WINDOW = "server_max_window_bits";

  private CompressionOffer() {}

  /**
   * What is agreed upon: the first of the offers that can be kept.
   *
   * @param extensions the values of {@code Sec-WebSocket-Extensions}
   * @return what the answer says; null where there is no such offer
   */
  static @Nullable String agreed(List<String> extensions) {
    return extensions.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .flatMap(offer -> agreement(offer).stream())
        .findFirst()
        .orElse(null);
  }

  private static Optional<String> agreement(String offer) {
    String[] parts = offer.strip().toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("permessage-deflate")) {
      return Optional.empty();
    }
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < parts.length; i++) {
      String[] parameter = parts[i].strip().split("=", 2);
      String name = parameter[0].strip();
      String value = parameter.length > 1 ? unquoted(parameter[1].strip()) : "";
      if (!seen.add(name) || !isAcceptable(name, value, parameter.length > 1)) {
        return Optional.empty();
      }
    }
    // Whoever asks for a window hears of it again (RFC 7692, 7.1.2.1).
    return Optional.of(
        seen.contains(SERVER_WINDOW) ? ACCEPTED + "; " + SERVER_WINDOW + "=15" : ACCEPTED);
  }

  private static boolean isAcceptable(String name, String value, boolean given) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> !given;
      case "client_max_window_bits" -> !given || value.matches("[89]|1[0-5]");
      // A smaller window is nothing the JDK can be held to.
      case SERVER_WINDOW -> value.equals("15");
      default -> false;
    };
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
