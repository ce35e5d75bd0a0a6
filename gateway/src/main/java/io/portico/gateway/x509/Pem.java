package io.portico.gateway.x509;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as text: RFC 7468. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /** One block with the certificate, ended by a line break. */
  public static String of(X509Certificate certificate) {
    try {
      return block(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that cannot be written", e);
    }
  }

  /** One block with the key in PKCS#8, without a password, ended by a line break. */
  public static String of(PrivateKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new IllegalArgumentException("a key that cannot be written");
    }
    return block(PRIVATE_KEY, encoded);
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, LINES.encodeToString(content), kind);
  }

  /**
   * The certificates of a text, in its order. What stands between blocks is for people.
   *
   * @throws PemException if there is something else than certificates, or none
   */
  public static List<X509Certificate> certificates(String text) throws PemException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(text)) {
      if (!block.kind().equals(CERTIFICATE)) {
        throw new PemException("a block of kind " + block.kind() + " is no certificate", null);
      }
      try {
        certificates.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content())));
      } catch (CertificateException e) {
        throw new PemException("not a certificate", e);
      }
    }
    if (certificates.isEmpty()) {
      throw new PemException("no certificate", null);
    }
    return List.copyOf(certificates);
  }

  /**
   * The private key of a text: PKCS#8, without a password.
   *
   * @param algorithm RSA or EC, as the certificate says that goes with it
   * @throws PemException if there is none, or one of another kind
   */
  public static PrivateKey privateKey(String text, String algorithm) throws PemException {
    for (Block block : blocks(text)) {
      if (block.kind().equals(PRIVATE_KEY)) {
        try {
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(block.content()));
        } catch (GeneralSecurityException e) {
          throw new PemException("not a key of " + algorithm, e);
        }
      }
    }
    throw new PemException("no private key", null);
  }

  /**
   * A certificate with its key, as {@link #of} has written both.
   *
   * @throws PemException if either is something else
   */
  public static CertifiedKey certifiedKey(String certificate, String key) throws PemException {
    X509Certificate own = certificates(certificate).getFirst();
    return new CertifiedKey(own, privateKey(key, own.getPublicKey().getAlgorithm()));
  }

  /** What stands between two lines, in Base64. */
  private record Block(String kind, String text) {
    byte[] content() throws PemException {
      try {
        return Base64.getMimeDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        throw new PemException("a block that is not in Base64", e);
      }
    }
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }
}
