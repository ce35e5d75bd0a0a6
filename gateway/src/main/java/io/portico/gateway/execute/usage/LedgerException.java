package io.portico.gateway.execute.usage;

/** The ledger cannot be read or written; nothing in it has changed. */
public final class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}
