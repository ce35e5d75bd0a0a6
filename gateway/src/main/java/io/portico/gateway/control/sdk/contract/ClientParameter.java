package io.portico.gateway.control.sdk.contract;

/**
 * A parameter of a method.
 *
 * @param name as the request has it
 * @param repeated whether a request may have it several times
 */
public record ClientParameter(String name, Place place, boolean required, boolean repeated) {

  /** Where a request has a parameter. */
  public enum Place {
    PATH,
    QUERY,
    HEADER
  }

  public FieldType type() {
    return repeated ? new FieldType.ListOf(FieldType.Scalar.TEXT) : FieldType.Scalar.TEXT;
  }
}
