package io.portico.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fields that {@code Connection} says end here (RFC 9110, section 7.6.1). */
public final class ConnectionFields {
  private ConnectionFields() {}

  /** Their names in lower case; most often there are none. */
  public static List<String> nominated(Headers received) {
    List<String> nominated = List.of();
    for (int i = 0; i < received.size(); i++) {
      String name = received.name(i);
      if (name.length() == 10 && name.equalsIgnoreCase("Connection")) {
        nominated = with(nominated, received.value(i));
      }
    }
    return nominated;
  }

  private static List<String> with(List<String> nominated, String options) {
    if (options.equalsIgnoreCase("keep-alive") || options.equalsIgnoreCase("close")) {
      return nominated;
    }
    List<String> all = new ArrayList<>(nominated);
    for (String option : options.split(",", -1)) {
      String name = option.strip().toLowerCase(Locale.ROOT);
      // Each message has a Host of its own: there is nothing to end here.
      if (!name.equals("host")) {
        all.add(name);
      }
    }
    return all;
  }
}
