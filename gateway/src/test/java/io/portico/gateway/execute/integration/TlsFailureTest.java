package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TlsFailureTest {
  private static final String DATES =
      "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check"
          + " failed";

  private static String told(CertificateException refused) {
    return TlsFailure.told(
        new IOException("no TLS", new SSLHandshakeException("refused").initCause(refused)));
  }

  @Test
  void anAuthorityThatNobodyTrustsIsToldAsTheJdkSaysIt() {
    assertThat(told(new CertificateException("PKIX path building failed: no path")))
        .isEqualTo("PKIX path building failed: no path");
  }

  @Test
  void aTimeThatIsOverOrHasNotComeIsOneOfThePath() {
    assertThat(told(new CertificateExpiredException("NotAfter: a date"))).isEqualTo(DATES);
    assertThat(told(new CertificateNotYetValidException("NotBefore: a date"))).isEqualTo(DATES);
  }

  @ParameterizedTest
  @CsvSource({
    "No subject alternative DNS name matching localhost found., localhost",
    "No subject alternative names matching IP address 127.0.0.1 found, 127.0.0.1",
    "No name matching orders.internal found, orders.internal",
    "No subject alternative DNS name matching a.test found. subjectAlternativeNames=[b.test], a.test"
  })
  void anotherNameIsTold(String refusal, String name) {
    assertThat(told(new CertificateException(refusal)))
        .isEqualTo(
            "Host name '" + name + "' does not match the certificate subject provided by the peer");
  }

  @Test
  void whoAsksWhyIsToldWhatTheLibraryLeavesOut() {
    IOException terse =
        new IOException(
            "no TLS: a step has failed",
            new CertificateException("PKIX path building failed: no path"));
    IOException known = new IOException("no TLS: General SSLEngine problem");

    assertThat(TlsFailure.explained(terse))
        .isEqualTo("no TLS: a step has failed (PKIX path building failed: no path)");
    assertThat(TlsFailure.explained(known)).isEqualTo("no TLS: General SSLEngine problem");
  }

  @Test
  void anythingElseIsAProblemOfTls() {
    assertThat(told(new CertificateException())).isEqualTo("General SSLEngine problem");
    assertThat(TlsFailure.told(new IOException("not TLS"))).isEqualTo("General SSLEngine problem");
  }
}
