package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * The certificate that every gateway of a run shows, in PEM: of a P-256 key, and signed by itself.
 *
 * @param chain file of the certificate
 * @param key file of its key, PKCS#8 without a password
 */
record Certificate(Path chain, Path key) {
  private static final String ALIAS = "bench";
  private static final String PASSWORD = "for-this-run";
  private static final int PATIENCE_SECONDS = 30;

  /** The one in {@code folder}, made by the JDK's keytool where it is not there yet. */
  static Certificate in(Path folder) {
    Certificate certificate =
        new Certificate(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    if (!Files.exists(certificate.key)) {
      certificate.make(folder.resolve("certificate.p12"));
    }
    return certificate;
  }

  private void make(Path store) {
    try {
      keytool(store);
      KeyStore made = KeyStore.getInstance("PKCS12");
      try (InputStream bytes = Files.newInputStream(store)) {
        made.load(bytes, PASSWORD.toCharArray());
      }
      write(chain, "CERTIFICATE", made.getCertificate(ALIAS).getEncoded());
      write(key, "PRIVATE KEY", made.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new BenchFailure("cannot make a certificate: " + e.getMessage(), e);
    }
  }

  private static void keytool(Path store) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
