package io.portico.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A post to a connection of a WebSocket API, signed with Signature Version 4 by the root of the
 * account, as AWS's clients sign it.
 */
final class SignedPost {
  private static final String KEY = "test";
  private static final String SECRET = "test";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private SignedPost() {}

  /** The whole request, as it stands on the wire. */
  static byte[] request(Target target, String connectionId, String content, Instant time) {
    // What stands in an id and a query would end it: = + / are what base64 has.
    String path = target.base() + "/%40connections/" + connectionId.replace("=", "%3D");
    String timestamp = TIMESTAMP.format(time);
    String scope = timestamp.substring(0, 8) + "/us-east-1/execute-api/aws4_request";
    String canonical =
        String.join(
            "\n",
            "POST",
            // Clients sign the path as it is sent, with what is encoded there encoded again.
            path.replace("%", "%25"),
            "",
            "host:" + target.host(),
            "x-amz-date:" + timestamp,
            "",
            "host;x-amz-date",
            sha256(content));
    String signature =
        HexFormat.of()
            .formatHex(
                hmac(
                    key(scope),
                    String.join("\n", "AWS4-HMAC-SHA256", timestamp, scope, sha256(canonical))));
    String head =
        """
        POST %s HTTP/1.1\r
        Host: %s\r
        X-Amz-Date: %s\r
        Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=host;x-amz-date, Signature=%s\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, target.host(), timestamp, KEY, scope, signature, content.length());
    return (head + content).getBytes(ISO_8859_1);
  }

  private static byte[] key(String scope) {
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return key;
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
