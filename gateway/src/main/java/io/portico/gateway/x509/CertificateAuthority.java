package io.portico.gateway.x509;

import io.portico.gateway.x509.CertificateWriter.Issuer;
import java.security.KeyPair;

/** Signs certificates, for itself or for others. */
public final class CertificateAuthority {
  private final CertifiedKey own;
  private final KeyKind kind;

  /**
   * @param own its certificate, whose purpose is that of an authority
   * @param kind of its key
   */
  public CertificateAuthority(CertifiedKey own, KeyKind kind) {
    this.own = own;
    this.kind = kind;
  }

  /** A new key with a certificate that it signs itself. */
  public static CertifiedKey selfSigned(CertificateContent content, KeyKind kind) {
    KeyPair key = kind.generate();
    return new CertifiedKey(
        CertificateWriter.write(
            content,
            key.getPublic(),
            new Issuer(
                CertificateWriter.name(content.subject()),
                key.getPublic(),
                key.getPrivate(),
                kind.signature())),
        key.getPrivate());
  }

  /** A new key with a certificate that this authority signs. */
  public CertifiedKey issue(CertificateContent content, KeyKind keyKind) {
    KeyPair key = keyKind.generate();
    return new CertifiedKey(
        CertificateWriter.write(
            content,
            key.getPublic(),
            new Issuer(
                CertificateWriter.subject(own.certificate()),
                own.certificate().getPublicKey(),
                own.privateKey(),
                kind.signature())),
        key.getPrivate());
  }
}
