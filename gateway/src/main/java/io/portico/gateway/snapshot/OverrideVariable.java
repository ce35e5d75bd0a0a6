package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * A {@code $context} variable that templates set: {@code requestOverride.<place>.<name>}, {@code
 * responseOverride.header.<name>} or {@code responseOverride.status}.
 *
 * @param place whose name it has
 * @param name of the header or parameter; empty for the status
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
 *     for access logging</a>
 */
public record OverrideVariable(Place place, String name) {

  /** What is overridden. */
  public enum Place {
    REQUEST_HEADER("requestOverride.header."),
    REQUEST_PATH("requestOverride.path."),
    REQUEST_QUERY_STRING("requestOverride.querystring."),
    RESPONSE_HEADER("responseOverride.header."),
    RESPONSE_STATUS("responseOverride.status");

    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * The variable of a name, or null where it is none of an override's.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable OverrideVariable of(String name) {
    for (Place place : Place.values()) {
      String rest = name.startsWith(place.prefix) ? name.substring(place.prefix.length()) : null;
      if (rest != null && rest.isEmpty() == (place == Place.RESPONSE_STATUS)) {
        return new OverrideVariable(place, rest);
      }
    }
    return null;
  }
}
