package io.portico.gateway.snapshot;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A part of a backend's address with its path variables still open. Stage variables are resolved
 * when the stage is compiled; a request fills in what {@code integration.request.path.*} mappings
 * give.
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

  /**
   * The text with its variables filled in.
   *
   * <p>AWS: a variable without a value stays as text; source: second-hand, facts SEC-09.
   *
   * @param values by name, in the form they have within the address
   */
  public String expand(Map<String, String> values) {
    return expand(values, UnaryOperator.identity());
  }

  /**
   * The text with its variables filled in.
   *
   * @param values by name
   * @param form gives a value the form it has within the address
   * @see #expand(Map)
   */
  public String expand(Map<String, String> values, UnaryOperator<String> form) {
    if (parts.size() == 1 && parts.getFirst() instanceof Text only) {
      return only.text;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Text fixed -> text.append(fixed.text);
        case Variable variable -> {
          String value = values.get(variable.name);
          text.append(value == null ? "%7B" + variable.name + "%7D" : form.apply(value));
        }
      }
    }
    return text.toString();
  }
}
