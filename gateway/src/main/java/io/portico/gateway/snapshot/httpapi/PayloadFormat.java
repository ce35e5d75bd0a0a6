package io.portico.gateway.snapshot.httpapi;

/** The <b>payload format version</b> of what a function is told, and of what it answers. */
public enum PayloadFormat {
  /** {@code 1.0}: as behind REST APIs. */
  V1,
  /** {@code 2.0}: also that of function URLs. */
  V2
}
