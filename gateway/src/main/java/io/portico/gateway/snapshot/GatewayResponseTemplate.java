package io.portico.gateway.snapshot;

import java.util.List;

/**
 * The body of a customised gateway response: text with values put in, and nothing else.
 *
 * @param contentType the {@code Content-Type} of the body
 * @param parts in order
 * @param escaping how a value is kept from being read as part of the text around it
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html">Gateway
 *     responses</a>
 */
public record GatewayResponseTemplate(String contentType, List<Part> parts, Escaping escaping) {

  /** A piece of a body. */
  public sealed interface Part {}

  /** Text that stands as it is. */
  public record Text(String text) implements Part {}

  /** A value; nothing where it is missing. */
  public record Value(ParameterSource source) implements Part {}

  /** What the characters of a value become that the content type gives a meaning. */
  public enum Escaping {
    JSON,
    XML,
    NONE
  }
}
