package io.portico.transport.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

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
    List<X509Certificate> chain = PemFile.certificates(certificate);
    PrivateKey own = PemKey.read(key, PemFile.content(key), chain.getFirst().getPublicKey());
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
