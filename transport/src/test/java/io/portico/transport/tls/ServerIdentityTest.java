package io.portico.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.transport.support.Keytool;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and keys in files: those of an operator, and the one for development. */
final class ServerIdentityTest {
  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "::1", "*.execute-api.eu-west-1.localhost");

  @TempDir Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void makeOne() throws UnusableIdentityException {
    DevelopmentCertificate.in(folder, NAMES, NOW);
    certificate = folder.resolve("development-certificate.pem");
    key = folder.resolve("development-key.pem");
  }

  @Test
  void theDevelopmentCertificateIsKept() throws Exception {
    ServerIdentity kept = DevelopmentCertificate.in(folder, NAMES, NOW.plus(Duration.ofDays(700)));

    assertThat(kept.certificate()).isEqualTo(ServerIdentity.of(certificate, key).certificate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void itIsMadeAnewBeforeItEndsAndForOtherNames() throws Exception {
    ServerIdentity first = ServerIdentity.of(certificate, key);

    ServerIdentity later = DevelopmentCertificate.in(folder, NAMES, NOW.plus(Duration.ofDays(790)));
    ServerIdentity other =
        DevelopmentCertificate.in(folder, List.of("localhost", "elsewhere.test"), NOW);

    assertThat(later.certificate()).isNotEqualTo(first.certificate());
    assertThat(other.certificate().getSubjectAlternativeNames())
        .contains(List.of(2, "elsewhere.test"));
  }

  @Test
  void itIsForThisMachineAndItsApis() throws Exception {
    assertThat(ServerIdentity.of(certificate, key).certificate().getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"),
            List.of(2, "*.execute-api.eu-west-1.localhost"));
  }

  @Test
  void whatIsWrongWithAFileIsSaidInOneLine() throws IOException, UnusableIdentityException {
    Path missing = folder.resolve("missing.pem");
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nothing of the kind\n");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Path half =
        Files.writeString(
            folder.resolve("half.pem"),
            Files.readString(certificate) + "-----BEGIN CERTIFICATE-----\nAAAA\n");
    DevelopmentCertificate.in(folder.resolve("other"), NAMES, NOW);
    Path otherKey = folder.resolve("other").resolve("development-key.pem");

    refuses(missing, key, missing + ": no such file");
    refuses(certificate, missing, missing + ": no such file");
    refuses(nonsense, key, nonsense + ": holds no certificate in PEM");
    refuses(key, key, key + ": holds no certificate in PEM");
    refuses(
        half,
        key,
        half + ": holds a certificate that is damaged, or something else besides certificates");
    refuses(folder, key, folder + ": cannot be read: Is a directory");
    refuses(certificate, nonsense, nonsense + ": holds no private key in PEM");
    refuses(certificate, certificate, certificate + ": holds no private key in PEM");
    refuses(certificate, broken, broken + ": not the key of the certificate in " + certificate);
    refuses(certificate, otherKey, otherKey + ": not the key of the certificate in " + certificate);
  }

  @Test
  void aKeyWithAPasswordIsRefusedInEitherForm() throws IOException {
    Path pkcs8 =
        Files.writeString(
            folder.resolve("pkcs8.pem"), Keytool.pem("ENCRYPTED PRIVATE KEY", new byte[100]));
    Path older =
        Files.writeString(
            folder.resolve("older.pem"),
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF

            AAAA
            -----END RSA PRIVATE KEY-----
            """);

    refuses(certificate, pkcs8, pkcs8 + ": the key has a password");
    refuses(certificate, older, older + ": the key has a password");
  }

  @Test
  void keysInTheOlderFormsAreRead() throws Exception {
    Keytool rsa = new Keytool(folder).make("rsa", "-keyalg", "RSA", "-keysize", "2048");
    RSAPrivateCrtKey r = (RSAPrivateCrtKey) rsa.key("rsa");
    byte[] pkcs1 =
        Der.sequence(
            Der.integer(BigInteger.ZERO),
            Der.integer(r.getModulus()),
            Der.integer(r.getPublicExponent()),
            Der.integer(r.getPrivateExponent()),
            Der.integer(r.getPrimeP()),
            Der.integer(r.getPrimeQ()),
            Der.integer(r.getPrimeExponentP()),
            Der.integer(r.getPrimeExponentQ()),
            Der.integer(r.getCrtCoefficient()));
    Path rsaKey =
        Files.writeString(folder.resolve("pkcs1.pem"), Keytool.pem("RSA PRIVATE KEY", pkcs1));
    ECPrivateKey e = (ECPrivateKey) ServerIdentity.of(certificate, key).key();
    byte[] scalar = new byte[32];
    byte[] digits = e.getS().toByteArray();
    int count = Math.min(32, digits.length);
    System.arraycopy(digits, digits.length - count, scalar, 32 - count, count);
    byte[] curve = Der.identifier("1.2.840.10045.3.1.7");
    byte[] sec1 =
        Der.sequence(Der.integer(BigInteger.ONE), Der.octets(scalar), Der.explicit(0, curve));
    Path ecKey =
        Files.writeString(
            folder.resolve("sec1.pem"),
            Keytool.pem("EC PARAMETERS", curve) + Keytool.pem("EC PRIVATE KEY", sec1));

    assertThat(ServerIdentity.of(rsa.chainFile("rsa"), rsaKey).key()).isEqualTo(r);
    assertThat(((ECPrivateKey) ServerIdentity.of(certificate, ecKey).key()).getS())
        .isEqualTo(e.getS());
    refuses(certificate, rsaKey, rsaKey + ": not the key of the certificate in " + certificate);
  }

  private static void refuses(Path certificate, Path key, String message) {
    assertThatThrownBy(() -> ServerIdentity.of(certificate, key))
        .isInstanceOf(UnusableIdentityException.class)
        .message()
        .startsWith(message)
        .hasLineCount(1);
  }
}
