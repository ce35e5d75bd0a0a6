package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.Wildcards;
import java.util.List;
import java.util.Locale;

/**
 * The {@code Action} of a statement, whose casing does not matter.
 *
 * @param not whether it is {@code NotAction}
 */
record ActionElement(boolean not, List<String> patterns) {
  ActionElement(boolean not, List<String> patterns) {
    this.not = not;
    this.patterns = patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
  }

  boolean covers(String action) {
    String wanted = action.toLowerCase(Locale.ROOT);
    for (String pattern : patterns) {
      if (Wildcards.match(pattern, wanted)) {
        return !not;
      }
    }
    return not;
  }
}
