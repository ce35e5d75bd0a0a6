package io.portico.gateway.snapshot;

import java.util.List;

/**
 * A backend's address with its path variables still open. Stage variables are resolved when the
 * stage is compiled; a request fills in what {@code integration.request.path.*} mappings give.
 *
 * @param parts in order
 */
public record UriTemplate(List<Part> parts) {

  /** A piece of an address. */
  public sealed interface Part {}

  /** Text that stands as it is. */
  public record Text(String text) implements Part {}

  /**
   * <code>{name}</code>: filled from the mapping of that name; stays as text where there is none.
   */
  public record Variable(String name) implements Part {}
}
