package io.portico.gateway.openapi;

/**
 * How much may still be made of a document. References, aliases and what holds for every operation
 * let a short document describe far more than memory holds; whoever makes something of a document
 * pays for it here first.
 */
public final class Budget {
  private static final int MAX_ENTRIES = 1_000_000;

  private int left;

  /** What one document may be made into. */
  static Budget ofDocument() {
    return new Budget(MAX_ENTRIES);
  }

  public Budget(int entries) {
    this.left = entries;
  }

  /**
   * @throws OpenApiException if no more is left
   */
  public void spend(int entries) {
    left -= entries;
    if (left < 0) {
      throw new OpenApiException("The document describes more than can be held");
    }
  }
}
