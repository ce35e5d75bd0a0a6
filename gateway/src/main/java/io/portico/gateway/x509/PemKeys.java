package io.portico.gateway.x509;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Private keys that others have written: in PKCS#8, or in the older forms of RSA (PKCS#1) and EC
 * (SEC 1).
 */
public final class PemKeys {
  private PemKeys() {}

  /**
   * The first private key of a text.
   *
   * @throws PemException if there is none, or it has a password
   */
  public static PrivateKey read(String text) throws PemException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      Object block;
      while ((block = parser.readObject()) != null) {
        // Parameters of a curve may stand before the key.
        if (block instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (block instanceof PrivateKeyInfo key) {
          return new JcaPEMKeyConverter().getPrivateKey(key);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle throws all kinds of them at what is no ASN.1.
      throw new PemException("not a private key", e);
    }
    throw new PemException("no private key", null);
  }

  /** Whether what the key signs is what the certificate vouches for. */
  public static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    PublicKey certified = certificate.getPublicKey();
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    byte[] something = {1, 2, 3};
    try {
      Signature signature =
          Signature.getInstance(
              key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
