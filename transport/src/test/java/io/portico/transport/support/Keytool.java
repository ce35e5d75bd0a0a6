package io.portico.transport.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates made by the JDK's own tool, and files of them as an operator has them: of other
 * kinds of keys than the development certificate's, and issued by somebody.
 */
public final class Keytool {
  private static final String PASSWORD = "changeit";
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Path store;

  public Keytool(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keytool.p12");
  }

  /** Makes a key and a certificate for it. */
  public Keytool make(String alias, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    command.addAll(List.of(options));
    Path out = folder.resolve("keytool.out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool: " + Files.readString(out));
    }
    return this;
  }

  public PrivateKey key(String alias) throws IOException, GeneralSecurityException {
    return (PrivateKey) store().getKey(alias, PASSWORD.toCharArray());
  }

  public X509Certificate certificate(String alias) throws IOException, GeneralSecurityException {
    return (X509Certificate) store().getCertificate(alias);
  }

  /** A file of the certificate and those of its issuers. */
  public Path chainFile(String alias) throws IOException, GeneralSecurityException {
    StringBuilder pem = new StringBuilder();
    for (Certificate certificate : store().getCertificateChain(alias)) {
      pem.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(folder.resolve(alias + ".pem"), pem);
  }

  /** A file of the key as PKCS#8. */
  public Path keyFile(String alias) throws IOException, GeneralSecurityException {
    return Files.writeString(
        folder.resolve(alias + "-key.pem"), pem("PRIVATE KEY", key(alias).getEncoded()));
  }

  public static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    return loaded;
  }
}
