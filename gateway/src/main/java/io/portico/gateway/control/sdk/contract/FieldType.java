package io.portico.gateway.control.sdk.contract;

/** The type of a value in JSON, as far as a schema says it. */
public sealed interface FieldType {

  /** A value without parts. */
  enum Scalar implements FieldType {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN
  }

  /** An array. */
  record ListOf(FieldType element) implements FieldType {}

  /** An object whose members are not known by name. */
  record MapOf(FieldType value) implements FieldType {}

  /** An object with known members. */
  record Modelled(ClientModel.Reference model) implements FieldType {}

  /** Whatever JSON has. */
  record Any() implements FieldType {}
}
