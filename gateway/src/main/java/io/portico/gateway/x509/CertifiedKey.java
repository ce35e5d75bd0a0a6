package io.portico.gateway.x509;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A certificate with the private key that belongs to it.
 *
 * @param certificate of the key's public half
 * @param privateKey the secret
 */
public record CertifiedKey(X509Certificate certificate, PrivateKey privateKey) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "CertifiedKey[" + certificate.getSubjectX500Principal() + "]";
  }
}
