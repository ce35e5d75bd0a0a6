package io.portico.gateway.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What signing and verifying by <b>Signature Version 4</b> compute alike. */
final class SigV4 {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SigV4() {}

  /**
   * What a signature is made of.
   *
   * @param scope date, region, service and {@code aws4_request}, parted by slashes
   */
  static String stringToSign(String timestamp, String scope, CanonicalRequest canonical) {
    return String.join(
        "\n",
        ALGORITHM,
        timestamp,
        scope,
        sha256Hex(canonical.text().getBytes(StandardCharsets.UTF_8)));
  }

  /** The key of a secret for a day, a region and a service. */
  static byte[] signingKey(String secret, String date, String region, String service) {
    byte[] first = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    return hmac(hmac(hmac(hmac(first, date), region), service), "aws4_request");
  }

  /** As lower-case hexadecimal text. */
  static String signature(byte[] signingKey, String stringToSign) {
    return HexFormat.of().formatHex(hmac(signingKey, stringToSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
