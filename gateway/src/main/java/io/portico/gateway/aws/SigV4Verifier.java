package io.portico.gateway.aws;

import io.portico.gateway.aws.CanonicalRequest.PathForm;
import io.portico.gateway.aws.SignatureVerdict.Reason;
import io.portico.gateway.aws.SignatureVerdict.Refused;
import io.portico.gateway.aws.SignatureVerdict.Verified;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies requests that are signed by <b>Signature Version 4</b>, in their {@code Authorization}
 * field or in their query (presigned). Says who has signed; what he may do is for policies to say.
 *
 * <p>The content is part of what is signed: a hash that the request brings along, or {@code
 * UNSIGNED-PAYLOAD}, does not stand for it. AWS: of services S3 alone takes that, which is not
 * verified here; source: documented for Lambda,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS Signature
 *     Version 4</a>
 */
public final class SigV4Verifier {
  /** AWS: source: documented, IAM User Guide, "Troubleshoot Signature Version 4 requests". */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** AWS: source: documented for S3, RequestTimeTooSkewed; that it holds elsewhere is inferred. */
  private static final Duration PRESIGNED_SKEW = Duration.ofMinutes(15);

  private static final String TERMINATOR = "aws4_request";
  private static final String NO_SUCH_TOKEN =
      "The security token included in the request is invalid.";
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private final String service;
  private final AccessKeys keys;
  private final Clock clock;
  private final PathForm pathForm;
  private final Set<String> mustBeSigned;
  private final SigningKeys signingKeys;

  /** A request's content, asked for once nothing else speaks against the request. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws IOException;
  }

  /**
   * @param service the signing name that requests have to be signed for, such as {@code lambda}
   */
  public SigV4Verifier(String service, AccessKeys keys, Clock clock) {
    this(service, keys, clock, PathForm.NORMALIZED, Set.of());
  }

  /**
   * @param service the signing name that requests have to be signed for, such as {@code lambda}
   * @param mustBeSigned fields that change what is asked for, in lower case: where one is there, it
   *     has to be signed
   */
  public SigV4Verifier(String service, AccessKeys keys, Clock clock, Set<String> mustBeSigned) {
    this(service, keys, clock, PathForm.NORMALIZED, mustBeSigned);
  }

  SigV4Verifier(
      String service, AccessKeys keys, Clock clock, PathForm pathForm, Set<String> mustBeSigned) {
    this.service = service;
    this.keys = keys;
    this.clock = clock;
    this.pathForm = pathForm;
    this.mustBeSigned = mustBeSigned;
    this.signingKeys = new SigningKeys(service);
  }

  /**
   * Verifies a request.
   *
   * @param region the request has to be signed for
   * @throws IOException if the content cannot be read
   */
  public SignatureVerdict verify(HttpRequest request, String region, Content content)
      throws IOException {
    Optional<SignatureClaim> claimed;
    try {
      claimed = SignatureClaim.of(request);
    } catch (UnreadableSignatureException e) {
      return new Refused(Reason.INCOMPLETE_SIGNATURE, e.text());
    }
    if (claimed.isEmpty()) {
      return new Refused(Reason.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
    }
    SignatureClaim claim = claimed.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Refused refusal = refusal(claim, request, region, now);
    if (refusal != null) {
      return refusal;
    }
    AccessKey key = keys.find(claim.signature().accessKeyId());
    if (key == null || !hasToken(key, claim)) {
      return new Refused(Reason.UNRECOGNIZED_CLIENT, NO_SUCH_TOKEN);
    }
    if (!key.expiration().isAfter(now)) {
      return new Refused(
          Reason.EXPIRED_TOKEN, "The security token included in the request is expired");
    }
    CanonicalRequest canonical =
        CanonicalRequest.of(
            request.method(),
            claim.target(),
            claim.signed(request.headers()),
            SigV4.sha256Hex(content.read()),
            pathForm);
    String scope = String.join("/", claim.date(), region, service, TERMINATOR);
    String wanted = SigV4.stringToSign(claim.timestamp(), scope, canonical);
    String expected =
        SigV4.signature(
            signingKeys.of(key.credentials().secretAccessKey(), claim.date(), region), wanted);
    return same(expected, claim.signature().signature())
        ? new Verified(key)
        : new Refused(Reason.INVALID_SIGNATURE, MISMATCH, calculated(canonical, wanted));
  }

  /** What speaks against a request whoever has signed it, or null. */
  private @Nullable Refused refusal(
      SignatureClaim claim, HttpRequest request, String region, Instant now) {
    SignatureHeader signature = claim.signature();
    if (!region.equals(signature.region())) {
      return invalid(
          "Credential should be scoped to a valid region, not '" + signature.region() + "'. ");
    }
    if (!service.equals(signature.service())) {
      return invalid("Credential should be scoped to correct service: '" + service + "'. ");
    }
    if (!claim.date().equals(signature.date())) {
      return invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
              + " '%s' != '%s', from '%s'."
                  .formatted(signature.date(), claim.date(), claim.timestamp()));
    }
    String unsigned = claim.unsignedHeader(request.headers(), mustBeSigned);
    if (unsigned != null) {
      return new Refused(
          Reason.INCOMPLETE_SIGNATURE,
          (unsigned.equals("Host") ? "'Host' or ':authority'" : "'" + unsigned + "'")
              + " must be a 'SignedHeader' in the AWS Authorization.");
    }
    return untimely(claim, now);
  }

  private static @Nullable Refused untimely(SignatureClaim claim, Instant now) {
    Duration presigned = claim.validity();
    Duration validity = presigned == null ? SKEW : presigned;
    Duration skew = presigned == null ? SKEW : PRESIGNED_SKEW;
    Instant earliest = now.minus(validity);
    Instant latest = now.plus(skew);
    if (claim.time().isBefore(earliest)) {
      return invalid(
          "Signature expired: %s is now earlier than %s (%s - %s.)"
              .formatted(
                  claim.timestamp(),
                  SigV4.TIMESTAMP.format(earliest),
                  SigV4.TIMESTAMP.format(now),
                  inWords(validity)));
    }
    if (claim.time().isAfter(latest)) {
      return invalid(
          "Signature not yet current: %s is still later than %s (%s + %s.)"
              .formatted(
                  claim.timestamp(),
                  SigV4.TIMESTAMP.format(latest),
                  SigV4.TIMESTAMP.format(now),
                  inWords(skew)));
    }
    return null;
  }

  private static String inWords(Duration time) {
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " sec";
  }

  private static Refused invalid(String text) {
    return new Refused(Reason.INVALID_SIGNATURE, text);
  }

  private static boolean hasToken(AccessKey key, SignatureClaim claim) {
    String wanted = key.credentials().sessionToken();
    String given = claim.sessionToken();
    if (wanted == null || given == null) {
      return Objects.equals(wanted, given);
    }
    return same(wanted, given);
  }

  /** Takes as long wherever they differ. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  // AWS: source: reported by users of API Gateway, https://github.com/mhart/aws4/issues/33.
  private static String calculated(CanonicalRequest canonical, String stringToSign) {
    return "\n\nThe Canonical String for this request should have been\n'"
        + canonical.text()
        + "'\n\nThe String-to-Sign should have been\n'"
        + stringToSign
        + "'\n";
  }
}
