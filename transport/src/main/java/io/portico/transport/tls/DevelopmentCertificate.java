package io.portico.transport.tls;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that signs itself, for development: of a key on P-256, as a handshake with one
 * costs a tenth of one with RSA. Kept in a folder, it stays the same for those who trust it.
 */
public final class DevelopmentCertificate {
  /** More than 825 days some clients take for a mistake. */
  private static final Duration VALIDITY = Duration.ofDays(800);

  /** One that ends sooner is made anew. */
  private static final Duration LEAST_LEFT = Duration.ofDays(30);

  private static final String CERTIFICATE_FILE = "development-certificate.pem";
  private static final String KEY_FILE = "development-key.pem";

  private DevelopmentCertificate() {}

  /**
   * Makes one.
   *
   * @param names it is for: host names, {@code *.} before some, and IP addresses
   */
  public static ServerIdentity of(List<String> names, Instant now) {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair key = keys.generateKeyPair();
      return new ServerIdentity(List.of(certificate(key, names, now)), key.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("this JDK makes no certificates", e);
    }
  }

  /**
   * The one that a folder keeps; made anew if there is none yet, if it ends soon, or if it is not
   * for all of {@code names}.
   *
   * @throws UnusableIdentityException if the folder's files cannot be read or written
   */
  public static ServerIdentity in(Path folder, List<String> names, Instant now)
      throws UnusableIdentityException {
    Path certificate = folder.resolve(CERTIFICATE_FILE);
    Path key = folder.resolve(KEY_FILE);
    if (Files.exists(certificate) && Files.exists(key)) {
      ServerIdentity kept = ServerIdentity.of(certificate, key);
      if (isGood(kept.certificate(), names, now)) {
        return kept;
      }
    }
    ServerIdentity made = of(names, now);
    try {
      Files.createDirectories(folder);
      // A certificate whose key is not there yet is no certificate.
      Files.deleteIfExists(certificate);
      write(key, "PRIVATE KEY", made.key().getEncoded(), true);
      write(certificate, "CERTIFICATE", made.certificate().getEncoded(), false);
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableIdentityException(
          folder + ": the development certificate cannot be kept here: " + e, e);
    }
    return made;
  }

  private static boolean isGood(X509Certificate certificate, List<String> names, Instant now) {
    return certificate.getNotAfter().toInstant().isAfter(now.plus(LEAST_LEFT))
        && names(certificate).containsAll(names);
  }

  private static Set<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .map(name -> canonical(String.valueOf(name.get(1))))
              .collect(Collectors.toSet());
    } catch (CertificateParsingException _) {
      return Set.of();
    }
  }

  /** The JDK writes IPv6 addresses out. */
  private static String canonical(String name) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
    return address == null ? name : NetUtil.bytesToIpAddress(address);
  }

  private static X509Certificate certificate(KeyPair key, List<String> names, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name self = new X500Name("CN=Portico development certificate");
    GeneralName[] subjects =
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        NetUtil.createByteArrayFromIpAddressString(name) == null
                            ? GeneralName.dNSName
                            : GeneralName.iPAddress,
                        name))
            .toArray(GeneralName[]::new);
    X509CertificateHolder holder =
        new JcaX509v3CertificateBuilder(
                self,
                new BigInteger(120, new SecureRandom()).setBit(119),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(VALIDITY)),
                self,
                key.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subjects))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static void write(Path file, String kind, byte[] content, boolean secret)
      throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    Path whole = Files.createTempFile(file.getParent(), "development-", ".tmp", access(secret));
    Files.write(whole, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] access(boolean secret) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"))
        }
        : new FileAttribute<?>[0];
  }
}
