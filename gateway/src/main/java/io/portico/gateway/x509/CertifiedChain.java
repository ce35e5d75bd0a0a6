package io.portico.gateway.x509;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server shows to clients: a certificate with those of its issuers, and the private key that
 * belongs to it.
 *
 * @param chain the certificate itself first
 * @param privateKey the secret
 * @param fingerprint of the whole chain: the same certificate with other issuers has another one
 */
public record CertifiedChain(
    List<X509Certificate> chain, PrivateKey privateKey, String fingerprint) {

  /** One with the fingerprint that it has. */
  public CertifiedChain(List<X509Certificate> chain, PrivateKey privateKey) {
    this(List.copyOf(chain), privateKey, fingerprint(chain));
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

  private static String fingerprint(List<X509Certificate> chain) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (X509Certificate certificate : chain) {
        digest.update(certificate.getEncoded());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CertifiedChain[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
