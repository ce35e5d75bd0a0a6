package io.portico.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads files of an operator's, and says in a line what is wrong with one. */
final class PemFile {
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN CERTIFICATE-----");

  private PemFile() {}

  /**
   * The certificates of a file, in their order.
   *
   * @throws UnusableIdentityException if it cannot be read, or holds none or something else as well
   */
  static List<X509Certificate> certificates(Path file) throws UnusableIdentityException {
    byte[] content = content(file);
    long begun = BEGIN.matcher(new String(content, StandardCharsets.ISO_8859_1)).results().count();
    @Nullable CertificateException cause = null;
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content));
      // One without an end is passed over in silence.
      if (!found.isEmpty() && found.size() >= begun) {
        return found.stream().map(X509Certificate.class::cast).toList();
      }
    } catch (CertificateException e) {
      cause = e;
    }
    throw new UnusableIdentityException(
        file
            + (begun == 0
                ? ": holds no certificate in PEM"
                : ": holds a certificate that is damaged, or something else besides certificates"),
        cause);
  }

  static byte[] content(Path file) throws UnusableIdentityException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnusableIdentityException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new UnusableIdentityException(file + ": may not be read", e);
    } catch (IOException e) {
      throw new UnusableIdentityException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
