package io.portico.gateway.control.protocol;

/**
 * A member of a structure.
 *
 * @param name in AWS's model
 * @param shape the name of its shape
 * @param location where it stands in an HTTP message
 * @param wireName its name there
 * @param key its name in an {@link Input} and in what a handler answers
 * @param required whether an input must have it
 */
record Member(
    String name, String shape, Location location, String wireName, String key, boolean required) {

  /** Where a member stands in an HTTP message. */
  enum Location {
    BODY,
    /** The body as a whole. */
    PAYLOAD,
    URI,
    QUERY,
    HEADER,
    /** The answer's status code. */
    STATUS
  }

  boolean inBody() {
    return location == Location.BODY;
  }
}
