package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateTest {
  @TempDir private Path folder;

  @Test
  void keyAndCertificateBelongTogetherAndAreMadeOnce() throws Exception {
    Certificate made = Certificate.in(folder);

    byte[] signed = "text".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(made.key()))));
    signature.update(signed);
    byte[] value = signature.sign();
    signature.initVerify(certificate(made));
    signature.update(signed);
    assertThat(signature.verify(value)).isTrue();
    String key = Files.readString(made.key());
    assertThat(Files.readString(Certificate.in(folder).key())).isEqualTo(key);
  }

  private static X509Certificate certificate(Certificate made) throws Exception {
    try (var bytes = Files.newInputStream(made.chain())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }
  }

  private static byte[] bytes(Path pem) throws Exception {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    return Base64.getMimeDecoder().decode(text);
  }
}
