package io.portico.gateway.http;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Fields that {@code Connection} says end here (RFC 9110, section 7.6.1). */
public final class ConnectionFields {
  private ConnectionFields() {}

  /** Their names in lower case; most often there are none. */
  public static Set<String> nominated(Headers received) {
    Set<String> nominated = Set.of();
    for (int i = 0; i < received.size(); i++) {
      String name = received.name(i);
      if (name.length() == 10 && name.equalsIgnoreCase("Connection")) {
        nominated = with(nominated, received.value(i));
      }
    }
    return nominated;
  }

  private static Set<String> with(Set<String> nominated, String options) {
    if (options.equalsIgnoreCase("keep-alive") || options.equalsIgnoreCase("close")) {
      return nominated;
    }
    Set<String> all = new HashSet<>(nominated);
    for (String option : options.split(",", -1)) {
      String name = option.strip().toLowerCase(Locale.ROOT);
      // Each message has a Host of its own: there is nothing to end here.
      if (!name.isEmpty() && !name.equals("host")) {
        all.add(name);
      }
    }
    return all;
  }
}
