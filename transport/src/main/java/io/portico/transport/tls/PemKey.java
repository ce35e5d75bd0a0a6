package io.portico.transport.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key in PEM: PKCS#8, or the older forms that OpenSSL writes for RSA (PKCS#1) and EC (SEC
 * 1). None with a password.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

  /** How a password shows in the older forms (RFC 1421, 4.6.1.1). */
  private static final String ENCRYPTED_CONTENT = "ENCRYPTED";

  private PemKey() {}

  /**
   * Reads one.
   *
   * @param file where {@code content} comes from
   * @param certified by the certificate that the key is for
   * @return the key, or null where it is of another kind than {@code certified}
   * @throws UnusableIdentityException if there is none, or it has a password
   */
  static @Nullable PrivateKey read(Path file, byte[] content, PublicKey certified)
      throws UnusableIdentityException {
    Matcher block = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new UnusableIdentityException(file + ": holds no private key in PEM", null);
    }
    String form = block.group(1);
    if (form.equals(ENCRYPTED) || block.group(2).contains(ENCRYPTED_CONTENT)) {
      throw new UnusableIdentityException(
          file
              + ": the key has a password, and nobody to ask for it"
              + " (openssl pkey -in KEY -out PLAIN takes it off)",
          null);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
      byte[] pkcs8 =
          switch (form) {
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> enveloped(encoded, certified);
            default -> encoded;
          };
      return KeyFactory.getInstance(certified.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return null;
    }
  }

  /**
   * RFC 5208, 5: a key and its algorithm. The algorithm is the certificate's: the key of another is
   * of no use.
   */
  private static byte[] enveloped(byte[] key, PublicKey certified) {
    return Der.sequence(
        Der.integer(BigInteger.ZERO), Der.first(certified.getEncoded()), Der.octets(key));
  }
}
