package io.portico.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The JDK's own tool, which makes keys with their certificates in a file. */
final class KeyTool {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final Path file;

  /**
   * @param folder where it runs
   * @param file the name of its store of keys there, which it makes
   */
  KeyTool(Path folder, String file) {
    this.folder = folder;
    this.file = folder.resolve(file);
  }

  /** Makes a key of elliptic curves, and its certificate. */
  void generate(String alias, String name, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
    command.addAll(List.of(more));
    Program.Outcome made = Program.run(folder, Map.of(), Duration.ofMinutes(1), command);
    assertThat(made.exit()).as("%s", made).isZero();
  }

  X509Certificate certificate(String alias) throws IOException, GeneralSecurityException {
    return (X509Certificate) store().getCertificate(alias);
  }

  PrivateKey key(String alias) throws IOException, GeneralSecurityException {
    return (PrivateKey) store().getKey(alias, PASSWORD);
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  /** What a certificate or a key is in a file that people read. */
  static String pem(String type, byte[] content) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type);
  }
}
