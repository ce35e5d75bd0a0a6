package io.portico.gateway.aws;

/** A signature that cannot be read. What it says is made for the caller: no library's text. */
public final class UnreadableSignatureException extends RuntimeException {
  private final String text;

  UnreadableSignatureException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  /** What the caller is told, in AWS's words. */
  public String text() {
    return text;
  }
}
