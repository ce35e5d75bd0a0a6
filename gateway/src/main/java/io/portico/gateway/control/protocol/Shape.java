package io.portico.gateway.control.protocol;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of AWS's service model. A shape refers to others by name, which {@link ServiceModel#shape}
 * resolves.
 */
sealed interface Shape {

  String name();

  /**
   * @param members in the model's order, which is that of violations
   * @param payload the member that is the whole HTTP body, or null where the body is JSON
   * @param eventStream whether it is a stream of events, each of the type of one member
   */
  record Structure(String name, List<Member> members, @Nullable String payload, boolean eventStream)
      implements Shape {
    /** That of an operation that takes or answers nothing. */
    static final Structure NONE = new Structure("Unit", List.of(), null, false);
  }

  record ListOf(String name, String element, Bounds length) implements Shape {}

  record MapOf(String name, String key, String value, Bounds length) implements Shape {}

  /**
   * @param values of an enum, in the model's order; empty where any text will do
   * @param pattern what the whole text must match, or null
   */
  record Text(String name, Bounds length, @Nullable TextPattern pattern, List<String> values)
      implements Shape {}

  record Numeric(String name, Kind kind, Bounds range) implements Shape {
    enum Kind {
      INTEGER,
      LONG,
      DOUBLE
    }
  }

  record Flag(String name) implements Shape {}

  record Blob(String name, Bounds length) implements Shape {}

  /**
   * @param iso8601 whether it is text on the wire; else a number of seconds since 1970
   */
  record Timestamp(String name, boolean iso8601) implements Shape {}

  /** Both ends included; null where there is none. */
  record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max) {
    static final Bounds NONE = new Bounds(null, null);

    boolean below(BigDecimal value) {
      return min != null && value.compareTo(min) < 0;
    }

    boolean above(BigDecimal value) {
      return max != null && value.compareTo(max) > 0;
    }
  }

  /** A regular expression, compiled when it is first needed. */
  final class TextPattern {
    private final String source;
    private volatile @Nullable Pattern compiled;

    TextPattern(String source) {
      this.source = source;
    }

    String source() {
      return source;
    }

    boolean matches(String text) {
      Pattern pattern = compiled;
      if (pattern == null) {
        pattern = Pattern.compile(source);
        compiled = pattern;
      }
      return pattern.matcher(text).matches();
    }
  }
}
