package io.portico.gateway.model.acm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of Certificate Manager, imported or issued here. {@code certificate}, {@code
 * certificateChain} and {@code privateKey} are PEM; the last one is the secret, which no operation
 * answers.
 *
 * @param arn what everybody calls it by
 * @param domainName that of its subject, or null where an imported one has none
 * @param names host names that it is for, {@code domainName} among them
 * @param certificateChain those of its issuers, or null where an imported one came without
 * @param request what it was issued for, or null where it was imported
 */
public record CertificateRecord(
    String arn,
    @Nullable String domainName,
    List<String> names,
    String certificate,
    @Nullable String certificateChain,
    String privateKey,
    Instant createdAt,
    Instant lastMadeAt,
    @Nullable Request request,
    Map<String, String> tags) {

  /**
   * A request for a certificate.
   *
   * @param validationMethod EMAIL, DNS or HTTP
   * @param validationDomains by name, where other than the name itself
   * @param idempotencyToken by which the same request is known again, or null
   * @param managedBy the service of AWS that manages it, or null
   */
  public record Request(
      String validationMethod,
      Map<String, String> validationDomains,
      @Nullable String idempotencyToken,
      String transparencyLogging,
      String export,
      @Nullable String managedBy) {}

  /** Whether it was imported. */
  public boolean isImported() {
    return request == null;
  }

  /** This certificate with other tags. */
  public CertificateRecord withTags(Map<String, String> newTags) {
    return new CertificateRecord(
        arn,
        domainName,
        names,
        certificate,
        certificateChain,
        privateKey,
        createdAt,
        lastMadeAt,
        request,
        newTags);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "CertificateRecord[" + arn + "]";
  }
}
