package io.portico.gateway.snapshot;

/** {@code contentHandling}: whether a body is turned into text or bytes on its way. */
public enum ContentHandling {
  /** Not configured. */
  PASSTHROUGH,
  CONVERT_TO_BINARY,
  CONVERT_TO_TEXT
}
