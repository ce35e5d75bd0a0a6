package io.portico.gateway.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that API Gateway shows to the backends of stages. {@code privateKey} is the secret:
 * PKCS#8 in PEM, which no operation answers.
 */
public record ClientCertificateRecord(
    String clientCertificateId,
    @Nullable String description,
    String pemEncodedCertificate,
    String privateKey,
    Instant createdDate,
    Instant expirationDate,
    @Nullable Map<String, String> tags) {

  /** This certificate with other tags. */
  public ClientCertificateRecord withTags(@Nullable Map<String, String> newTags) {
    return new ClientCertificateRecord(
        clientCertificateId,
        description,
        pemEncodedCertificate,
        privateKey,
        createdDate,
        expirationDate,
        newTags);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ClientCertificateRecord[" + clientCertificateId + "]";
  }
}
