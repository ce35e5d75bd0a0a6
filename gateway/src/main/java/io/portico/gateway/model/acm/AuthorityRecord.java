package io.portico.gateway.model.acm;

/**
 * The local authority that issues certificates: one for all accounts and regions. Both are PEM;
 * {@code privateKey} is the secret.
 */
public record AuthorityRecord(String certificate, String privateKey) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "AuthorityRecord[]";
  }
}
