package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.DomainNameRecord.UploadedCertificate;
import io.portico.gateway.x509.CertificateAuthority;
import io.portico.gateway.x509.CertificateContent;
import io.portico.gateway.x509.CertificateContent.Purpose;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.KeyKind;
import io.portico.gateway.x509.Pem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Certificates that are uploaded with a domain name. */
final class CertificateUploadsTest {
  private static final Instant NOW = TestControlPlane.NOW;
  private static final String NAME = "api.example.com";

  private final TestControlPlane plane = new TestControlPlane();
  private final CertifiedKey root =
      CertificateAuthority.selfSigned(
          content("CN=root", Purpose.AUTHORITY, NOW.plusSeconds(900)), KeyKind.EC_P256);
  private final CertifiedKey issued =
      new CertificateAuthority(root, KeyKind.EC_P256)
          .issue(content("CN=" + NAME, Purpose.SERVER, NOW.plusSeconds(900)), KeyKind.EC_P256);
  private final CertifiedKey other =
      CertificateAuthority.selfSigned(
          content("CN=other", Purpose.SERVER, NOW.plusSeconds(900)), KeyKind.EC_P256);

  private static CertificateContent content(String subject, Purpose purpose, Instant until) {
    return new CertificateContent(subject, List.of(), purpose, NOW.minusSeconds(60), until);
  }

  @Test
  void aCertificateIsKeptWithItsNameAndNeverToldAgain() {
    ObjectNode created = plane.call("CreateDomainName", uploaded(issued, issued, root));

    assertThat(created.get("certificateName").asString()).isEqualTo("mine");
    assertThat(created.get("certificateUploadDate").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(created.has("certificateArn")).isFalse();
    assertThat(created.get("distributionDomainName").asString()).endsWith(".cloudfront.net");
    assertThat(created.toString()).doesNotContain("BEGIN");
    assertThat(plane.call("GetDomainName", Json.object().put("domainName", NAME)).toString())
        .doesNotContain("BEGIN");
    UploadedCertificate kept = kept();
    assertThat(kept).isNotNull();
    assertThat(kept.certificate()).isEqualTo(Pem.of(issued.certificate()));
    assertThat(kept.certificateChain()).isEqualTo(Pem.of(root.certificate()));
    assertThat(kept.privateKey()).isEqualTo(Pem.of(issued.privateKey()));
    assertThat(kept).hasToString("UploadedCertificate[]");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertRefused(
        uploaded(issued, other, null),
        "The public key certificate and the private key do not match.");
    assertRefused(
        uploaded(issued, issued, other),
        "Unable to validate certificate chain. The certificate chain must start with the immediate"
            + " signing certificate, followed by any intermediaries in order.");
    assertRefused(
        uploaded(issued, issued, root).put("certificateChain", "no chain"),
        "Unable to validate certificate chain. The certificate chain must start with the immediate"
            + " signing certificate, followed by any intermediaries in order.");
    assertRefused(
        uploaded(issued, issued, null).put("certificatePrivateKey", "no key"),
        "Unable to parse private key. Please ensure the key is in PEM format and not encrypted.");
    assertRefused(
        uploaded(issued, issued, null)
            .put("certificateBody", Pem.of(issued.certificate()) + Pem.of(root.certificate())),
        "Unable to parse certificate. Please ensure the certificate is in PEM format.");
    assertRefused(
        uploaded(issued, issued, null)
            .put("certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/c-1"),
        "Either a certificate or its ARN may be specified, not both");
  }

  @Test
  void whatIsNotValidNowIsRefused() {
    CertifiedKey expired =
        CertificateAuthority.selfSigned(
            content("CN=old", Purpose.SERVER, NOW.minusSeconds(1)), KeyKind.EC_P256);
    CertifiedKey early =
        CertificateAuthority.selfSigned(
            new CertificateContent(
                "CN=early", List.of(), Purpose.SERVER, NOW.plusSeconds(60), NOW.plusSeconds(120)),
            KeyKind.EC_P256);

    assertRefused(
        uploaded(expired, expired, null),
        "Certificate is no longer valid. The 'Not After' date restriction on the certificate has"
            + " passed.");
    assertRefused(
        uploaded(early, early, null),
        "Certificate is not yet valid. The 'Not Before' date restriction on the certificate has not"
            + " passed.");
  }

  @Test
  void anArnTakesItsPlaceAndAnotherNameDoesNot() {
    plane.call("CreateDomainName", uploaded(issued, issued, null));

    patch("/certificateName", "renamed");
    assertThat(kept()).isNotNull();
    patch("/certificateArn", "arn:aws:acm:us-east-1:111122223333:certificate/c-1");
    assertThat(kept()).isNull();
  }

  private void patch(String path, String value) {
    ObjectNode named = Json.object().put("domainName", NAME);
    plane.call("UpdateDomainName", TriedApi.replacing(named, path, value));
  }

  private void assertRefused(ObjectNode input, String text) {
    assertThatThrownBy(() -> plane.call("CreateDomainName", input))
        .isInstanceOf(ServiceException.class)
        .hasMessage(text);
  }

  private @Nullable UploadedCertificate kept() {
    return plane
        .records
        .read(
            records ->
                records
                    .find(RecordTypes.DOMAIN_NAME, TestControlPlane.CALLER.scope(), NAME)
                    .map(DomainNameRecord::uploadedCertificate))
        .orElse(null);
  }

  private static ObjectNode uploaded(
      CertifiedKey certificate, CertifiedKey key, @Nullable CertifiedKey issuer) {
    ObjectNode input =
        Json.object()
            .put("domainName", NAME)
            .put("certificateName", "mine")
            .put("certificateBody", Pem.of(certificate.certificate()))
            .put("certificatePrivateKey", Pem.of(key.privateKey()));
    if (issuer != null) {
      input.put("certificateChain", Pem.of(issuer.certificate()));
    }
    return input;
  }
}
