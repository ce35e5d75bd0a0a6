package io.portico.gateway.openapi;

/** The document cannot be read; the text says what is wrong and where. */
public final class OpenApiException extends RuntimeException {
  public OpenApiException(String text) {
    super(text);
  }

  public OpenApiException(String text, Throwable cause) {
    super(text, cause);
  }

  /** What is wrong and where, for whoever wrote the document. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
