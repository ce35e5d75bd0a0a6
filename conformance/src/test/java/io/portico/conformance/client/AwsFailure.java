package io.portico.conformance.client;

/** An error of the server, as a client reports it. */
public final class AwsFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;
  private final String type;
  private final int status;
  private final String text;

  /**
   * @param code the error code that the client read
   * @param type the exception's class in the client's own language, or the code where it has none
   * @param status the HTTP status, or 0 where the client does not tell
   * @param text the message
   */
  public AwsFailure(String code, String type, int status, String text) {
    super(code + " (" + type + ", " + status + "): " + text);
    this.code = code;
    this.type = type;
    this.status = status;
    this.text = text;
  }

  public String code() {
    return code;
  }

  public String type() {
    return type;
  }

  public int status() {
    return status;
  }

  public String text() {
    return text;
  }
}
