package io.portico.server.websockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.aws.Credentials;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A URL that carries its signature in the query, as AWS's clients presign it: by themselves, not by
 * what the gateway verifies with.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed request</a>
 */
record PresignedUrl(URI uri, String region) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  URI of(Credentials by, Instant time, int seconds) throws GeneralSecurityException {
    String timestamp = TIMESTAMP.format(time);
    String date = timestamp.substring(0, 8);
    String scope = date + "/" + region + "/execute-api/aws4_request";
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + URLEncoder.encode(by.accessKeyId() + "/" + scope, UTF_8)
            + "&X-Amz-Date="
            + timestamp
            + "&X-Amz-Expires="
            + seconds
            + "&X-Amz-SignedHeaders=host";
    String canonical =
        String.join(
            "\n",
            "GET",
            uri.getRawPath(),
            query,
            "host:" + uri.getAuthority(),
            "",
            "host",
            sha256(""));
    String text = String.join("\n", "AWS4-HMAC-SHA256", timestamp, scope, sha256(canonical));
    byte[] key = ("AWS4" + by.secretAccessKey()).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return URI.create(
        uri + "?" + query + "&X-Amz-Signature=" + HexFormat.of().formatHex(hmac(key, text)));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
