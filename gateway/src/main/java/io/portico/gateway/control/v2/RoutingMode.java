package io.portico.gateway.control.v2;

/** The <b>routing mode</b> of domain names, of which v1 calls API mappings base path mappings. */
final class RoutingMode {
  private static final String API_MAPPING = "API_MAPPING";
  private static final String BASE_PATH_MAPPING = "BASE_PATH_MAPPING";

  private RoutingMode() {}

  /** A mode as it is stored: v1's. */
  static String stored(String mode) {
    return mode.replace(API_MAPPING, BASE_PATH_MAPPING);
  }

  /** A stored mode as it is replied. */
  static String replied(String stored) {
    return stored.replace(BASE_PATH_MAPPING, API_MAPPING);
  }
}
