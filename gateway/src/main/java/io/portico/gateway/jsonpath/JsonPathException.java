package io.portico.gateway.jsonpath;

/** A path that cannot be compiled, or whose evaluation passes its bounds. */
public final class JsonPathException extends RuntimeException {
  JsonPathException(String message) {
    super(message);
  }
}
