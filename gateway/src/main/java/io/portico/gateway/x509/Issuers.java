package io.portico.gateway.x509;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Who has issued a certificate. */
public final class Issuers {
  private Issuers() {}

  /**
   * Whether each of a chain has signed the one before it, the first one the certificate.
   *
   * @param chain the certificate's own issuer first
   */
  public static boolean haveSigned(X509Certificate certificate, List<X509Certificate> chain) {
    X509Certificate signed = certificate;
    for (X509Certificate issuer : chain) {
      if (!hasSigned(issuer, signed)) {
        return false;
      }
      signed = issuer;
    }
    return true;
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
