package io.portico.gateway.aws;

import io.portico.gateway.aws.CanonicalRequest.PathForm;
import io.portico.gateway.http.Headers;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with <b>Signature Version 4</b>, in the {@code Authorization} header.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS Signature
 *     Version 4</a>
 */
public final class SigV4Signer {
  /** Changed by proxies on the way, so never signed. */
  private static final Set<String> UNSIGNED =
      Set.of(
          "authorization",
          "connection",
          "expect",
          "transfer-encoding",
          "user-agent",
          "x-amzn-trace-id");

  private final Credentials credentials;
  private final String region;
  private final String service;

  /** Derived from the secret in four steps, and the same for a whole day. */
  private volatile @Nullable DayKey dayKey;

  @SuppressWarnings("ArrayRecordComponent")
  private record DayKey(String date, byte[] key) {}

  /**
   * @param service the service's signing name, such as {@code lambda}
   */
  public SigV4Signer(Credentials credentials, String region, String service) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
  }

  /**
   * A path of S3 in the one form that signatures have. Sent so, it is signed for whoever takes it
   * as it comes as well as for whoever writes it anew.
   *
   * @param path raw
   */
  public static String pathOfS3(String path) {
    return PathForm.ENCODED_ONCE.of(path);
  }

  /**
   * The headers with {@code X-Amz-Date}, the session token where there is one, and {@code
   * Authorization}.
   *
   * @param target raw path and query, as sent
   * @param headers as sent, {@code Host} included
   * @param body as sent
   */
  public Headers sign(String method, String target, Headers headers, byte[] body, Instant now) {
    String payloadHash = SigV4.sha256Hex(body);
    return service.equals("s3")
        // AWS: S3 wants the hash in a header, and its keys are what the path says.
        // Source: documented,
        // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
        ? sign(
            method,
            target,
            headers.toBuilder().set("X-Amz-Content-Sha256", payloadHash).build(),
            payloadHash,
            now,
            PathForm.ENCODED_ONCE)
        : sign(method, target, headers, payloadHash, now, PathForm.NORMALIZED);
  }

  Headers sign(
      String method,
      String target,
      Headers headers,
      String payloadHash,
      Instant now,
      PathForm pathForm) {
    String timestamp = SigV4.TIMESTAMP.format(now);
    Headers.Builder sent = headers.toBuilder().set("X-Amz-Date", timestamp);
    if (credentials.sessionToken() != null) {
      sent.set("X-Amz-Security-Token", credentials.sessionToken());
    }
    Headers dated = sent.build();
    CanonicalRequest canonical =
        CanonicalRequest.of(method, target, signable(dated), payloadHash, pathForm);
    String scope = timestamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String signature =
        SigV4.signature(
            signingKey(timestamp.substring(0, 8)), SigV4.stringToSign(timestamp, scope, canonical));
    return dated.toBuilder()
        .set(
            "Authorization",
            SigV4.ALGORITHM
                + " Credential="
                + credentials.accessKeyId()
                + "/"
                + scope
                + ", SignedHeaders="
                + canonical.signedHeaders()
                + ", Signature="
                + signature)
        .build();
  }

  private static Headers signable(Headers headers) {
    Headers.Builder signable = Headers.builder();
    for (Headers.Field field : headers) {
      if (!UNSIGNED.contains(field.name().toLowerCase(Locale.ROOT))) {
        signable.add(field.name(), field.value());
      }
    }
    return signable.build();
  }

  private byte[] signingKey(String date) {
    DayKey known = dayKey;
    if (known != null && known.date.equals(date)) {
      return known.key;
    }
    byte[] key = SigV4.signingKey(credentials.secretAccessKey(), date, region, service);
    dayKey = new DayKey(date, key);
    return key;
  }
}
