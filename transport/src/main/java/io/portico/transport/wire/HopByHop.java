package io.portico.transport.wire;

import io.portico.gateway.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields that belong to one connection and are not handed on (RFC 9110, 7.6.1): framing and
 * connection fields, and those that {@code Connection} names.
 */
public final class HopByHop {
  private HopByHop() {}

  /** Whether the transport writes this field itself or nobody does. */
  static boolean isName(String name) {
    return switch (name.length()) {
      case 2 -> name.equalsIgnoreCase("TE");
      case 6 -> name.equalsIgnoreCase("Expect");
      case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
      case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
      case 14 -> name.equalsIgnoreCase("Content-Length");
      case 16 -> name.equalsIgnoreCase("Proxy-Connection");
      case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
      default -> false;
    };
  }

  /** The fields that {@code Connection} names besides its own options; most often none. */
  static List<String> named(Headers headers) {
    List<String> named = List.of();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).length() == 10 && headers.name(i).equalsIgnoreCase("Connection")) {
        named = with(named, headers.value(i));
      }
    }
    return named;
  }

  private static List<String> with(List<String> named, String options) {
    if (options.equalsIgnoreCase("keep-alive") || options.equalsIgnoreCase("close")) {
      return named;
    }
    List<String> all = new ArrayList<>(named);
    for (String option : options.split(",", -1)) {
      all.add(option.strip());
    }
    return all;
  }

  static boolean contains(List<String> named, String name) {
    for (int i = 0; i < named.size(); i++) {
      if (named.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
