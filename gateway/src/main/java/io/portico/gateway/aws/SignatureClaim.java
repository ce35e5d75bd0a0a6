package io.portico.gateway.aws;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.QueryString;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request with all that its signature says of it: nothing of it is verified.
 *
 * @param signature who claims to have signed what
 * @param time when it was signed
 * @param validity how long a presigned request is good for; null for one that is signed in its
 *     {@code Authorization} field
 * @param sessionToken of temporary credentials, or null
 * @param target path and query as they were signed
 */
record SignatureClaim(
    SignatureHeader signature,
    Instant time,
    @Nullable Duration validity,
    @Nullable String sessionToken,
    String target) {

  /** AWS: seven days; source: documented, IAM User Guide, "Create a signed request". */
  private static final long LONGEST_VALIDITY = 604_800;

  private static final String DATE = "X-Amz-Date";
  private static final String EXPIRES = "X-Amz-Expires";
  private static final String TOKEN = "X-Amz-Security-Token";
  private static final String SIGNATURE = "X-Amz-Signature=";

  /**
   * The claim of a request, or nothing where it has no signature.
   *
   * @throws UnreadableSignatureException if it cannot be read or is no SigV4
   */
  static Optional<SignatureClaim> of(HttpRequest request) {
    Optional<SignatureHeader> signature = SignatureHeader.of(request);
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    if (!signature.get().algorithm().equals(SigV4.ALGORITHM)) {
      throw new UnreadableSignatureException(
          "Unsupported AWS 'algorithm': '" + signature.get().algorithm() + "'.");
    }
    String authorization = request.headers().first("Authorization");
    return Optional.of(
        authorization != null && SignatureHeader.isSignature(authorization)
            ? ofHeaders(signature.get(), request)
            : ofQuery(signature.get(), request));
  }

  private static SignatureClaim ofHeaders(SignatureHeader signature, HttpRequest request) {
    Headers headers = request.headers();
    String date = headers.first(DATE);
    if (date == null) {
      date = headers.first("Date");
    }
    if (date == null) {
      throw new UnreadableSignatureException(SignatureHeader.DATE_REQUIRED);
    }
    return new SignatureClaim(signature, time(date), null, headers.first(TOKEN), request.target());
  }

  private static SignatureClaim ofQuery(SignatureHeader signature, HttpRequest request) {
    QueryString query = new QueryString(request.rawQuery());
    return new SignatureClaim(
        signature,
        time(only(query, DATE)),
        validity(only(query, EXPIRES)),
        query.all(TOKEN).isEmpty() ? null : only(query, TOKEN),
        withoutSignature(request));
  }

  private static String only(QueryString query, String name) {
    if (query.all(name).size() != 1) {
      throw new UnreadableSignatureException(
          "AWS query-string parameters must include '" + name + "' parameter once.");
    }
    return query.all(name).getFirst();
  }

  private static Instant time(String text) {
    for (DateTimeFormatter format :
        new DateTimeFormatter[] {SigV4.TIMESTAMP, DateTimeFormatter.RFC_1123_DATE_TIME}) {
      try {
        return Instant.from(format.parse(text));
      } catch (DateTimeException _) {
        // The other form, or none.
      }
    }
    throw new UnreadableSignatureException(
        "Date must be in ISO-8601 'basic format'. Got '"
            + text
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }

  // AWS: the texts are those of S3; source: documented,
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html, and its users.
  private static Duration validity(String text) {
    if (!text.matches("-?\\d{1,18}")) {
      throw new UnreadableSignatureException("X-Amz-Expires should be a number");
    }
    long seconds = Long.parseLong(text);
    if (seconds < 0) {
      throw new UnreadableSignatureException("X-Amz-Expires must be non-negative");
    }
    if (seconds > LONGEST_VALIDITY) {
      throw new UnreadableSignatureException(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(seconds);
  }

  /** A second signature stays, and was not signed. */
  private static String withoutSignature(HttpRequest request) {
    String query = String.valueOf(request.rawQuery());
    StringBuilder kept = new StringBuilder(request.rawPath()).append('?');
    boolean found = false;
    for (String parameter : query.split("&", -1)) {
      if (!found && parameter.startsWith(SIGNATURE)) {
        found = true;
      } else {
        kept.append(parameter).append('&');
      }
    }
    return kept.substring(0, kept.length() - 1);
  }

  /** As it is signed, and as AWS writes it. */
  String timestamp() {
    return SigV4.TIMESTAMP.format(time);
  }

  /** The day of it as the scope has it. */
  String date() {
    return timestamp().substring(0, 8);
  }

  /**
   * A name that has to be signed and is not, or null. AWS: the host and every {@code x-amz-*};
   * source: documented, IAM User Guide, "Create a signed request".
   *
   * @param others that have to be signed where they are there, in lower case
   */
  @Nullable String unsignedHeader(Headers headers, Set<String> others) {
    if (!signature.signedHeaders().contains("host")) {
      return "Host";
    }
    for (Headers.Field field : headers) {
      String name = field.name().toLowerCase(Locale.ROOT);
      boolean wanted = name.startsWith("x-amz-") || others.contains(name);
      if (wanted && !signature.signedHeaders().contains(name)) {
        return field.name();
      }
    }
    return null;
  }

  /** The fields that are signed. */
  Headers signed(Headers headers) {
    Headers.Builder signed = Headers.builder();
    for (Headers.Field field : headers) {
      if (signature.signedHeaders().contains(field.name().toLowerCase(Locale.ROOT))) {
        signed.addChecked(field.name(), field.value());
      }
    }
    return signed.build();
  }
}
