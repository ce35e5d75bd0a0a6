package io.portico.gateway.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.x509.CertificateContent.Purpose;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates as the JDK reads them. */
final class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant END = NOW.plus(Duration.ofDays(365));

  private static CertificateContent content(
      String subject, Purpose purpose, String... alternativeNames) {
    return new CertificateContent(subject, List.of(alternativeNames), purpose, NOW, END);
  }

  private static CertificateAuthority authority(CertifiedKey own) {
    return new CertificateAuthority(own, KeyKind.EC_P256);
  }

  private static CertifiedKey root(String name) {
    return CertificateAuthority.selfSigned(
        content("CN=" + name, Purpose.AUTHORITY), KeyKind.EC_P256);
  }

  @Test
  void aCertificateThatSignsItselfIsOfAClient() throws GeneralSecurityException {
    X509Certificate certificate =
        CertificateAuthority.selfSigned(
                content("C=US,L=Seattle,CN=ApiGateway", Purpose.CLIENT), KeyKind.RSA_2048)
            .certificate();

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=ApiGateway,L=Seattle,C=US");
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(END);
    assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
        .isEqualTo(2048);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSubjectAlternativeNames()).isNull();
    assertThat(certificate.getSerialNumber()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void whoTrustsTheAuthorityTrustsWhatItIssues(KeyKind kind) throws Exception {
    CertifiedKey root = root("authority");

    CertifiedKey leaf =
        authority(root)
            .issue(content("CN=pets.test", Purpose.SERVER, "pets.test", "*.pets.test"), kind);

    assertThat(isTrusted(leaf.certificate(), root.certificate())).isTrue();
    assertThat(isTrusted(leaf.certificate(), root("authority").certificate())).isFalse();
    assertThat(leaf.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(leaf.certificate().getSubjectAlternativeNames())
        .containsExactly(List.of(2, "pets.test"), List.of(2, "*.pets.test"));
    assertThat(leaf.certificate().getPublicKey())
        .isInstanceOf(kind == KeyKind.RSA_2048 ? RSAPublicKey.class : ECPublicKey.class);
    assertThat(belongTogether(leaf)).isTrue();
  }

  @Test
  void whatAnAuthorityHasIssuedIsNoAuthority() throws Exception {
    CertifiedKey root = root("authority");
    CertifiedKey leaf =
        authority(root).issue(content("CN=pets.test", Purpose.SERVER), KeyKind.EC_P256);
    CertifiedKey forged =
        authority(leaf).issue(content("CN=bank.test", Purpose.SERVER), KeyKind.EC_P256);

    assertThat(isTrusted(List.of(forged.certificate(), leaf.certificate()), root.certificate()))
        .isFalse();
  }

  @Test
  void certificatesAndKeysAreReadAsTheyWereWritten() throws PemException {
    CertifiedKey root = root("authority");
    CertifiedKey leaf =
        authority(root).issue(content("CN=pets.test", Purpose.SERVER), KeyKind.RSA_2048);
    String chain = Pem.of(leaf.certificate()) + "a comment\n" + Pem.of(root.certificate());

    CertifiedKey read = Pem.certifiedKey(chain, Pem.of(leaf.privateKey()));

    assertThat(Pem.certificates(chain)).containsExactly(leaf.certificate(), root.certificate());
    assertThat(read.privateKey()).isEqualTo(leaf.privateKey());
    assertThat(Pem.of(leaf.certificate()))
        .matches("(?s)-----BEGIN CERTIFICATE-----\n.{64}\n.*\n-----END CERTIFICATE-----\n");
    assertThat(leaf.toString()).isEqualTo("CertifiedKey[CN=pets.test]");
  }

  @Test
  void whatIsNoPemIsRefused() {
    CertifiedKey root = root("authority");
    String key = Pem.of(root.privateKey());

    for (String text :
        List.of(
            "",
            "nothing",
            key,
            Pem.of(root.certificate()) + key,
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----")) {
      assertThatThrownBy(() -> Pem.certificates(text)).as(text).isInstanceOf(PemException.class);
    }
    for (String text : List.of("", Pem.of(root.certificate()), key.replace("M", "A"))) {
      assertThatThrownBy(() -> Pem.privateKey(text, "EC")).isInstanceOf(PemException.class);
    }
    assertThatThrownBy(() -> Pem.privateKey(key, "RSA")).isInstanceOf(PemException.class);
  }

  private static boolean isTrusted(X509Certificate certificate, X509Certificate root)
      throws GeneralSecurityException {
    return isTrusted(List.of(certificate), root);
  }

  private static boolean isTrusted(List<X509Certificate> chain, X509Certificate root)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW.plusSeconds(1)));
    try {
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
      return true;
    } catch (CertPathValidatorException _) {
      return false;
    }
  }

  private static boolean belongTogether(CertifiedKey key) throws GeneralSecurityException {
    byte[] something = {1, 2, 3};
    Signature signature =
        Signature.getInstance(
            key.privateKey().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(key.privateKey());
    signature.update(something);
    byte[] signed = signature.sign();
    signature.initVerify(key.certificate().getPublicKey());
    signature.update(something);
    return signature.verify(signed);
  }
}
