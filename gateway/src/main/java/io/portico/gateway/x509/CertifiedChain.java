package io.portico.gateway.x509;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows to clients: a certificate with those of its issuers, and the private key that
 * belongs to it.
 *
 * @param chain the certificate itself first
 * @param privateKey the secret
 */
public record CertifiedChain(List<X509Certificate> chain, PrivateKey privateKey) {

  public CertifiedChain {
    chain = List.copyOf(chain);
  }

  /**
   * Reads one.
   *
   * @param certificate as {@link Pem#of(X509Certificate)} has written it
   * @param issuers PEM, the certificate's own issuer first; or null for none
   * @param privateKey as {@link Pem#of(PrivateKey)} has written it
   * @throws PemException if any is something else
   */
  public static CertifiedChain read(String certificate, @Nullable String issuers, String privateKey)
      throws PemException {
    CertifiedKey own = Pem.certifiedKey(certificate, privateKey);
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(own.certificate());
    if (issuers != null) {
      chain.addAll(Pem.certificates(issuers));
    }
    return new CertifiedChain(chain, own.privateKey());
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CertifiedChain[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
