package io.portico.gateway.control.acm;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What Certificate Manager tells of a certificate, in its words. */
final class CertificateView {
  private static final int DNS_NAME = 2;

  private static final Set<String> ALGORITHMS =
      Set.of(
          "RSA_1024",
          "RSA_2048",
          "RSA_3072",
          "RSA_4096",
          "EC_prime256v1",
          "EC_secp384r1",
          "EC_secp521r1");

  /** By the bit's number; RFC 5280, 4.2.1.3. */
  private static final List<String> KEY_USAGES =
      List.of(
          "DIGITAL_SIGNATURE",
          "NON_REPUDIATION",
          "KEY_ENCIPHERMENT",
          "DATA_ENCIPHERMENT",
          "KEY_AGREEMENT",
          "CERTIFICATE_SIGNING",
          "CRL_SIGNING",
          "ENCIPHER_ONLY",
          "DECIPHER_ONLY");

  private static final Map<String, String> EXTENDED_KEY_USAGES =
      Map.of(
          "1.3.6.1.5.5.7.3.1", "TLS_WEB_SERVER_AUTHENTICATION",
          "1.3.6.1.5.5.7.3.2", "TLS_WEB_CLIENT_AUTHENTICATION",
          "1.3.6.1.5.5.7.3.3", "CODE_SIGNING",
          "1.3.6.1.5.5.7.3.4", "EMAIL_PROTECTION",
          "1.3.6.1.5.5.7.3.5", "IPSEC_END_SYSTEM",
          "1.3.6.1.5.5.7.3.6", "IPSEC_TUNNEL",
          "1.3.6.1.5.5.7.3.7", "IPSEC_USER",
          "1.3.6.1.5.5.7.3.8", "TIME_STAMPING",
          "1.3.6.1.5.5.7.3.9", "OCSP_SIGNING",
          "2.5.29.37.0", "ANY");

  private CertificateView() {}

  /** The subject's name, then the others that it is for, each once. */
  static List<String> namesOf(X509Certificate certificate) {
    Set<String> names = new LinkedHashSet<>();
    String own = commonName(certificate.getSubjectX500Principal());
    if (own != null) {
      names.add(own);
    }
    try {
      Collection<List<?>> others = certificate.getSubjectAlternativeNames();
      if (others != null) {
        for (List<?> other : others) {
          if (other.get(0).equals(DNS_NAME)) {
            names.add(String.valueOf(other.get(1)));
          }
        }
      }
    } catch (CertificateParsingException _) {
      // A certificate whose names cannot be read is for none.
      return List.copyOf(names);
    }
    return List.copyOf(names);
  }

  /** The common name of a distinguished one, or null where there is none that is a text. */
  static @Nullable String commonName(X500Principal name) {
    try {
      List<Rdn> parts = new LdapName(name.getName()).getRdns();
      for (Rdn part : parts.reversed()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String text) {
          return text;
        }
      }
      return null;
    } catch (InvalidNameException e) {
      throw new IllegalStateException("a name that the JDK has written", e);
    }
  }

  /** The algorithm in the model's words, such as {@code RSA_2048}, or null for one it lacks. */
  static @Nullable String keyAlgorithm(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    String algorithm =
        switch (key) {
          case RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
          case ECPublicKey ec ->
              switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> "EC_prime256v1";
                case 384 -> "EC_secp384r1";
                case 521 -> "EC_secp521r1";
                default -> "";
              };
          default -> "";
        };
    return ALGORITHMS.contains(algorithm) ? algorithm : null;
  }

  /** The serial number: octets in hexadecimal, parted by colons. */
  static String serial(X509Certificate certificate) {
    List<String> octets = new ArrayList<>();
    for (byte octet : certificate.getSerialNumber().toByteArray()) {
      octets.add("%02x".formatted(octet));
    }
    return String.join(":", octets);
  }

  static List<String> keyUsages(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    List<String> usages = new ArrayList<>();
    for (int i = 0; bits != null && i < bits.length && i < KEY_USAGES.size(); i++) {
      if (bits[i]) {
        usages.add(KEY_USAGES.get(i));
      }
    }
    return usages;
  }

  /** Object identifiers with their names, {@code CUSTOM} where they have none. */
  static Map<String, String> extendedKeyUsages(X509Certificate certificate) {
    try {
      List<String> identifiers = certificate.getExtendedKeyUsage();
      return identifiers == null
          ? Map.of()
          : identifiers.stream()
              .distinct()
              .collect(
                  Collectors.toMap(
                      identifier -> identifier,
                      identifier -> EXTENDED_KEY_USAGES.getOrDefault(identifier, "CUSTOM"),
                      (one, _) -> one,
                      LinkedHashMap::new));
    } catch (CertificateParsingException _) {
      return Map.of();
    }
  }
}
