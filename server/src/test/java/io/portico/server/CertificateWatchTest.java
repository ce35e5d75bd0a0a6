package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.UnusableIdentityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a certificate do to the one that is shown. */
final class CertificateWatchTest {
  private static final String CERTIFICATE = "development-certificate.pem";
  private static final String KEY = "development-key.pem";

  @TempDir Path folder;
  private Path certificate;
  private Path key;
  private Path renewed;
  private ServerIdentity successor;
  private CertificateWatch watch;
  private final List<ServerIdentity> shown = new ArrayList<>();

  @BeforeEach
  void watchOne() throws UnusableIdentityException {
    ServerIdentity first = made(folder.resolve("live"));
    certificate = folder.resolve("live").resolve(CERTIFICATE);
    key = folder.resolve("live").resolve(KEY);
    renewed = folder.resolve("renewed");
    successor = made(renewed);
    watch = new CertificateWatch(certificate, key, first, shown::add);
  }

  private static ServerIdentity made(Path in) throws UnusableIdentityException {
    return DevelopmentCertificate.in(in, List.of("localhost"), Instant.now());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void filesThatStayAsTheyAreChangeNothing() throws IOException {
    watch.look();
    Files.writeString(certificate, Files.readString(certificate) + "\n");
    watch.look();

    assertThat(shown).isEmpty();
  }

  @Test
  void aRenewedCertificateIsShownOnceItsKeyIsThere() throws IOException {
    copy(renewed.resolve(CERTIFICATE), certificate);
    watch.look();
    assertThat(shown).isEmpty();

    copy(renewed.resolve(KEY), key);
    watch.look();
    watch.look();
    assertThat(shown)
        .singleElement()
        .satisfies(one -> assertThat(one.isSameAs(successor)).isTrue());
  }

  @Test
  void filesThatAreGoneForAWhileChangeNothing() throws IOException {
    Files.delete(certificate);
    Files.delete(key);
    watch.look();
    copy(renewed.resolve(CERTIFICATE), certificate);
    watch.look();
    assertThat(shown).isEmpty();

    copy(renewed.resolve(KEY), key);
    watch.look();
    assertThat(shown).hasSize(1);
  }
}
