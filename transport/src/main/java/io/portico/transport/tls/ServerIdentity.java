package io.portico.transport.tls;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, those of the authorities that issued it, and its key: what a listener shows to
 * clients.
 */
public final class ServerIdentity {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  /**
   * An identity whose parts belong together.
   *
   * @param chain the certificate itself first
   */
  ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads one from files.
   *
   * @param certificate PEM: the certificate, and those of its issuers behind it
   * @param key PEM: PKCS#8 without a password
   * @throws UnusableIdentityException if a file cannot be read or holds something else, or they do
   *     not belong together
   */
  public static ServerIdentity of(Path certificate, Path key) throws UnusableIdentityException {
    List<X509Certificate> chain = certificates(certificate);
    PrivateKey own = key(key, chain.getFirst().getPublicKey().getAlgorithm());
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

  PrivateKey key() {
    return key;
  }

  SslContextBuilder forServer() {
    return SslContextBuilder.forServer(key, chain);
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

  /** The key, or null where it is one of another algorithm. */
  private static @Nullable PrivateKey key(Path file, String algorithm)
      throws UnusableIdentityException {
    Matcher pem = PKCS8.matcher(new String(content(file), StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new UnusableIdentityException(
          file
              + ": holds no private key in PEM that is PKCS#8 without a password"
              + " (openssl pkcs8 -topk8 -nocrypt -in KEY makes one of others)",
          null);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return null;
    }
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
