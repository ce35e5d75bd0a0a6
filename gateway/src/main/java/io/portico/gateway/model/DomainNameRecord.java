package io.portico.gateway.model;

import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom domain name. {@code accountId} and {@code region} are where it was created; {@code
 * domainNameId} is a private one's, of which several may have the same name. {@code policy} and
 * {@code managementPolicy} are JSON texts.
 */
public record DomainNameRecord(
    String domainName,
    @Nullable String domainNameId,
    String accountId,
    String region,
    @Nullable String certificateName,
    @Nullable String certificateArn,
    Instant certificateUploadDate,
    @Nullable String regionalDomainName,
    @Nullable String regionalHostedZoneId,
    @Nullable String regionalCertificateName,
    @Nullable String regionalCertificateArn,
    @Nullable String distributionDomainName,
    @Nullable String distributionHostedZoneId,
    EndpointConfiguration endpointConfiguration,
    String domainNameStatus,
    String securityPolicy,
    @Nullable String endpointAccessMode,
    @Nullable Map<String, String> tags,
    @Nullable MutualTlsAuthentication mutualTlsAuthentication,
    @Nullable String ownershipVerificationCertificateArn,
    @Nullable String managementPolicy,
    @Nullable String policy,
    String routingMode,
    @Nullable UploadedCertificate uploadedCertificate) {

  /** Whether only VPC endpoints reach it that have an access association. */
  public boolean privateOnly() {
    return domainNameId != null;
  }

  /** What tells it from the others of its account and region: a name cannot have a plus. */
  public String key() {
    return domainNameId == null ? domainName : domainName + "+" + domainNameId;
  }

  /** The name in a {@linkplain #key() key}. */
  public static String nameOf(String key) {
    int plus = key.indexOf('+');
    return plus < 0 ? key : key.substring(0, plus);
  }

  /** The parent of its record. */
  public String scope() {
    return accountId + "/" + region;
  }

  /** This domain name with other tags. */
  public DomainNameRecord withTags(@Nullable Map<String, String> newTags) {
    return new DomainNameRecord(
        domainName,
        domainNameId,
        accountId,
        region,
        certificateName,
        certificateArn,
        certificateUploadDate,
        regionalDomainName,
        regionalHostedZoneId,
        regionalCertificateName,
        regionalCertificateArn,
        distributionDomainName,
        distributionHostedZoneId,
        endpointConfiguration,
        domainNameStatus,
        securityPolicy,
        endpointAccessMode,
        newTags,
        mutualTlsAuthentication,
        ownershipVerificationCertificateArn,
        managementPolicy,
        policy,
        routingMode,
        uploadedCertificate);
  }

  /**
   * The certificate of an EDGE or PRIVATE endpoint that came with the domain name; all PEM. {@code
   * privateKey} is the secret, which no operation answers.
   *
   * @param certificateChain those of its issuers, or null
   */
  public record UploadedCertificate(
      String certificate, @Nullable String certificateChain, String privateKey) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "UploadedCertificate[]";
    }
  }

  /** Whose certificates callers must show: those of a truststore in S3. */
  public record MutualTlsAuthentication(
      @Nullable String truststoreUri, @Nullable String truststoreVersion) {}
}
