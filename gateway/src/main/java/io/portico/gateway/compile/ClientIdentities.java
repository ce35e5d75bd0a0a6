package io.portico.gateway.compile;

import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import org.jspecify.annotations.Nullable;

/** What backends are shown of a stage that has a client certificate. */
public final class ClientIdentities {
  private ClientIdentities() {}

  /** The identity of a certificate, or null for none. */
  public static @Nullable ClientIdentity of(@Nullable ClientCertificateRecord record) {
    if (record == null) {
      return null;
    }
    try {
      CertifiedKey own = Pem.certifiedKey(record.pemEncodedCertificate(), record.privateKey());
      return new ClientIdentity(own.certificate(), own.privateKey());
    } catch (PemException e) {
      throw new IllegalStateException(
          "the client certificate " + record.clientCertificateId() + " cannot be read", e);
    }
  }
}
