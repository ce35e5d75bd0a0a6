package io.portico.gateway.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Writes certificates: RFC 5280, version 3, with the extensions that clients look at. */
final class CertificateWriter {
  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateWriter() {}

  /**
   * Who signs.
   *
   * @param name a distinguished name, as its own certificate has it
   * @param publicKey by which the signature is checked
   * @param privateKey by which it is made
   * @param signature the JDK's name of it
   */
  record Issuer(X500Name name, PublicKey publicKey, PrivateKey privateKey, String signature) {}

  static X500Name name(String distinguished) {
    return new X500Name(distinguished);
  }

  /** The subject of a certificate, encoded as it is there: issuers are compared byte by byte. */
  static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  static X509Certificate write(CertificateContent content, PublicKey key, Issuer issuer) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer.name(),
              new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
              Date.from(content.from()),
              Date.from(content.until()),
              name(content.subject()),
              SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      addExtensions(builder, content, key, issuer);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(issuer.signature()).build(issuer.privateKey())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK makes no certificates", e);
    }
  }

  private static void addExtensions(
      X509v3CertificateBuilder builder, CertificateContent content, PublicKey key, Issuer issuer)
      throws GeneralSecurityException, IOException {
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        identifiers.createAuthorityKeyIdentifier(issuer.publicKey()));
    switch (content.purpose()) {
      case AUTHORITY -> {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(
            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      }
      case SERVER -> addUse(builder, key, KeyPurposeId.id_kp_serverAuth);
      case CLIENT -> addUse(builder, key, KeyPurposeId.id_kp_clientAuth);
    }
    if (!content.names().isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              content.names().stream()
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
    }
  }

  private static void addUse(X509v3CertificateBuilder builder, PublicKey key, KeyPurposeId use)
      throws IOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    // TLS 1.2 has key exchanges in which an RSA key takes a secret that is meant for it.
    int usage =
        key.getAlgorithm().equals("RSA")
            ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
            : KeyUsage.digitalSignature;
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
  }
}
