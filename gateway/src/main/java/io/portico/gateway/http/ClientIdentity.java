package io.portico.gateway.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * By what a backend knows who calls it: a certificate and its private key. Two are the same that
 * have the same certificate.
 */
public final class ClientIdentity {
  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  // An origin, which is looked up with every call, has one: it is not to be computed then.
  private final int hash;

  public ClientIdentity(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
    this.hash = certificate.hashCode();
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The secret. */
  public PrivateKey privateKey() {
    return privateKey;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ClientIdentity identity
            && hash == identity.hash
            && Objects.equals(certificate, identity.certificate));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClientIdentity[" + certificate.getSerialNumber().toString(16) + "]";
  }
}
