package io.portico.gateway.control.sdk.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of JSON with known members.
 *
 * @param name letters, digits and underscores, begins with a letter; unique without casing
 * @param fields may be empty: AWS's model {@code Empty} has none
 */
public record ClientModel(String name, @Nullable String description, List<Field> fields) {

  /** The name of a model, which may be the model that the reference is in. */
  public record Reference(String name) {}

  /**
   * A member.
   *
   * @param name as JSON has it, which may be no identifier
   */
  public record Field(
      String name, FieldType type, boolean required, @Nullable String description) {}
}
