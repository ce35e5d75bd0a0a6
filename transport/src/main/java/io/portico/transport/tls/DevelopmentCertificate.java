package io.portico.transport.tls;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
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
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A certificate that signs itself, for development: of a key on P-256, as a handshake with one
 * costs a tenth of one with RSA. Kept in a folder, it stays the same for those who trust it.
 *
 * <p>Encoded by hand: a library that does it is ten times the size of the transport and takes
 * longer to load, from signed jars, than all the rest of a start.
 */
public final class DevelopmentCertificate {
  /** More than 825 days some clients take for a mistake. */
  private static final Duration VALIDITY = Duration.ofDays(800);

  /** One that ends sooner is made anew. */
  private static final Duration LEAST_LEFT = Duration.ofDays(30);

  private static final int SERIAL_BITS = 120;
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
    } catch (GeneralSecurityException e) {
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

  /** RFC 5280, 4.1: version 3, and the few extensions that clients look at. */
  private static X509Certificate certificate(KeyPair key, List<String> names, Instant now)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    byte[] self =
        Der.sequence(
            Der.set(Der.sequence(Der.identifier("2.5.4.3"), Der.text("Portico development"))));
    byte[] toBeSigned =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1)),
            algorithm,
            self,
            Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(VALIDITY))),
            self,
            key.getPublic().getEncoded(),
            Der.explicit(3, extensions(names)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(toBeSigned);
    byte[] encoded = Der.sequence(toBeSigned, algorithm, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static byte[] extensions(List<String> names) {
    byte[][] subjects =
        names.stream()
            .map(
                name -> {
                  byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
                  return address == null
                      ? Der.implicit(2, name.getBytes(StandardCharsets.US_ASCII))
                      : Der.implicit(7, address);
                })
            .toArray(byte[][]::new);
    return Der.sequence(
        // No authority, for signatures only, of a server.
        critical("2.5.29.19", Der.sequence()),
        critical("2.5.29.15", Der.bits(7, (byte) 0x80)),
        extension("2.5.29.37", Der.sequence(Der.identifier("1.3.6.1.5.5.7.3.1"))),
        extension("2.5.29.17", Der.sequence(subjects)));
  }

  private static byte[] critical(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.TRUE, Der.octets(value));
  }

  private static byte[] extension(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.octets(value));
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
