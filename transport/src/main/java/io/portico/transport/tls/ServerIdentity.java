package io.portico.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, those of the authorities that issued it, and its key: what a listener shows to
 * clients.
 */
public final class ServerIdentity {
  private final List<X509Certificate> chain;
  private final PrivateKey key;

  /**
   * An identity whose parts belong together.
   *
   * @param chain the certificate itself first
   */
  public ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads one from files.
   *
   * @param certificate PEM: the certificate, and those of its issuers behind it
   * @param key PEM, without a password
   * @throws UnusableIdentityException if a file cannot be read or holds something else, or they do
   *     not belong together
   */
  public static ServerIdentity of(Path certificate, Path key) throws UnusableIdentityException {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey own = PemKey.read(key, content(key), chain.getFirst().getPublicKey());
    if (own == null || !belongTogether(chain.getFirst(), own)) {
      throw new UnusableIdentityException(
          key + ": not the key of the certificate in " + certificate, null);
    }
    return new ServerIdentity(chain, own);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Whether clients are shown the same. */
  public boolean isSameAs(ServerIdentity other) {
    return chain.equals(other.chain) && key.equals(other.key);
  }

  PrivateKey key() {
    return key;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  private static List<X509Certificate> certificates(Path file) throws UnusableIdentityException {
    byte[] content = content(file);
    @Nullable CertificateException cause = null;
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content));
      if (!found.isEmpty()) {
        return found.stream().map(X509Certificate.class::cast).toList();
      }
    } catch (CertificateException e) {
      cause = e;
    }
    throw new UnusableIdentityException(file + ": holds no certificate in PEM", cause);
  }

  private static byte[] content(Path file) throws UnusableIdentityException {
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

  /** Whether what the key signs is what the certificate vouches for. */
  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    byte[] something = {1, 2, 3};
    try {
      Signature signature =
          Signature.getInstance(
              switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
              });
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
