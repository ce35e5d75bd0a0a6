package io.portico.gateway.snapshot;

import java.util.List;

/**
 * A stage's access log, its format parsed.
 *
 * @param parts the line, in order
 * @param escaping how values are kept from being read as part of the line
 * @param destination the log group or stream it is meant for
 * @param timesContent whether it asks when the first content of a backend's answer was there
 */
public record AccessLog(
    List<Part> parts, Escaping escaping, LogDestination destination, boolean timesContent) {

  /**
   * An access log.
   *
   * @param destination as an ARN
   */
  public AccessLog(List<Part> parts, Escaping escaping, String destination) {
    this(
        parts,
        escaping,
        LogDestination.of(destination),
        parts.contains(new Variable(ContextVariable.INTEGRATION_TIME_TO_FIRST_CONTENT)));
  }

  /** A piece of a line. */
  public sealed interface Part {}

  /** Text that stands as it is; {@code -} for a variable nothing has a value for. */
  public record Text(String text) implements Part {}

  /** The value of a variable, or {@code -}. */
  public record Variable(ContextVariable variable) implements Part {}

  /** The value of a variable that an authorizer makes up, or {@code -}. */
  public record Authorizer(AuthorizerVariable variable) implements Part {}

  /** What templates have overridden, or {@code -}. */
  public record Overridden(OverrideVariable variable) implements Part {}

  /** What the characters of a value become that the format gives a meaning. */
  public enum Escaping {
    /** As in a JSON text: for formats that begin with a brace. */
    JSON,
    /** As in XML content and attributes: for formats that begin with an angle bracket. */
    XML,
    /** As web servers do in common log format: for all others. */
    PLAIN
  }
}
