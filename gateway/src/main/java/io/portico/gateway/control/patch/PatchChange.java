package io.portico.gateway.control.patch;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * One allowed change, about to be made to a record's tree.
 *
 * @param record the tree, changed by every operation before this one
 * @param operation as sent
 * @param names what the names in the row's path stand for, unescaped
 */
public record PatchChange(ObjectNode record, PatchOperation operation, Map<String, String> names) {

  /** What a name of the row's path stands for. */
  public String name(String name) {
    String value = names.get(name);
    if (value == null) {
      throw new IllegalStateException("the row's path has no {" + name + "}");
    }
    return value;
  }

  public boolean adds() {
    return "add".equals(operation.op());
  }

  public boolean removes() {
    return "remove".equals(operation.op());
  }

  public boolean replaces() {
    return "replace".equals(operation.op());
  }

  /** The value, or null where none was sent. */
  public @Nullable String value() {
    return operation.value();
  }

  /** The value, or empty text where none was sent. */
  public String text() {
    String value = operation.value();
    return value == null ? "" : value;
  }

  /** AWS: any text that is not {@code true} is false, no text included; source: GEN-24. */
  public boolean truth() {
    return "true".equalsIgnoreCase(operation.value());
  }

  /** The value as a JSON object, refused with {@code refusal} where it is none. */
  public ObjectNode json(Supplier<ServiceException> refusal) {
    try {
      if (Json.parse(text()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw refusal.get();
    }
    throw refusal.get();
  }

  // AWS: the text is assumed.
  public ServiceException invalidValue() {
    return ServiceException.badRequest("Invalid value specified for path: " + operation.path());
  }

  /** The value as a whole number, refused with {@code refusal} where it is none. */
  public int integer(String refusal) {
    try {
      return Integer.parseInt(text().strip());
    } catch (NumberFormatException e) {
      throw ServiceException.badRequest(refusal);
    }
  }

  /** The value as a finite number, refused with {@code refusal} where it is none. */
  public double number(String refusal) {
    double number;
    try {
      number = Double.parseDouble(text().strip());
    } catch (NumberFormatException e) {
      throw ServiceException.badRequest(refusal);
    }
    if (!Double.isFinite(number)) {
      throw ServiceException.badRequest(refusal);
    }
    return number;
  }
}
