package io.portico.gateway.json;

/** The text is not YAML, means something JSON cannot say, or passes a bound. */
public final class YamlException extends RuntimeException {
  YamlException(String message) {
    super(message);
  }

  YamlException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong and where, for whoever wrote the text. */
  public String text() {
    String message = getMessage();
    return message == null ? "not YAML" : message;
  }
}
