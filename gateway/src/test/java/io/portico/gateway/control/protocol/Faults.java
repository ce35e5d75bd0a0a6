package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong, so that one run shows all of it. */
public final class Faults {
  private static final int MOST_SHOWN = 40;
  private static final int LONGEST = 400;

  private final List<String> found = new ArrayList<>();

  public void add(String what, String fault) {
    String text = what + " -> " + fault;
    found.add(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
  }

  public void assertNone() {
    assertThat(found.stream().limit(MOST_SHOWN)).as("%d faults", found.size()).isEmpty();
  }
}
