package io.portico.gateway.aws;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.QueryString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its signature (SigV4 or SigV4a), in its {@code Authorization} field or in
 * the query of a presigned request. Read, not verified.
 *
 * @param algorithm such as {@code AWS4-HMAC-SHA256}
 * @param accessKeyId whose key
 * @param date eight digits
 * @param region of the credential scope; null for SigV4a, which names regions elsewhere
 * @param service the signing name, such as {@code apigateway}
 * @param signedHeaders names in lower case
 * @param signature as hexadecimal text
 */
public record SignatureHeader(
    String algorithm,
    String accessKeyId,
    String date,
    @Nullable String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  private static final String SIGV4 = "AWS4-HMAC-SHA256";
  private static final String SIGV4A = "AWS4-ECDSA-P256-SHA256";

  /** In the order in which AWS misses them. */
  private static final List<String> PARTS = List.of("Credential", "Signature", "SignedHeaders");

  static final String DATE_REQUIRED =
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

  private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");
  private static final Pattern DATE = Pattern.compile("\\d{8}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * The request's signature, or nothing where it has none (or an {@code Authorization} of another
   * scheme).
   *
   * @throws UnreadableSignatureException if there is one that cannot be read
   */
  public static Optional<SignatureHeader> of(HttpRequest request) {
    String authorization = request.headers().first("Authorization");
    if (authorization != null && isSignature(authorization)) {
      return Optional.of(ofAuthorization(authorization, isDated(request)));
    }
    String query = request.rawQuery();
    if (query != null && query.contains("X-Amz-Algorithm=AWS4-")) {
      return Optional.of(ofParameters(query));
    }
    return Optional.empty();
  }

  /**
   * What AWS says of an {@code Authorization} field of another scheme, where it wants a signature.
   * Source: reported by users of API Gateway,
   * https://github.com/amazon-archives/aws-cognito-angular-quickstart/issues/50.
   */
  public static String complaint(HttpRequest request, String authorization) {
    try {
      return unsupported(ofAuthorization(authorization, isDated(request)).algorithm);
    } catch (UnreadableSignatureException e) {
      return e.text();
    }
  }

  private static String unsupported(String algorithm) {
    return "Unsupported AWS 'algorithm': '" + algorithm + "'.";
  }

  private static boolean isDated(HttpRequest request) {
    return request.headers().contains("X-Amz-Date") || request.headers().contains("Date");
  }

  /** Whether an {@code Authorization} field is a signature of AWS's, readable or not. */
  public static boolean isSignature(String authorization) {
    return authorization.startsWith("AWS4-");
  }

  /** The service that the request is signed for, or null where no signature can be read. */
  public static @Nullable String serviceOf(HttpRequest request) {
    try {
      return of(request).map(SignatureHeader::service).orElse(null);
    } catch (UnreadableSignatureException e) {
      return null;
    }
  }

  // AWS: source of the texts: as of complaint.
  private static SignatureHeader ofAuthorization(String authorization, boolean dated) {
    List<String> words =
        SEPARATORS.splitAsStream(authorization).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      throw new UnreadableSignatureException("Authorization header cannot be empty: ''.");
    }
    String algorithm = words.getFirst();
    if (!authorization.startsWith(algorithm)) {
      // AWS: what it says of an algorithm behind a comma is not described.
      int end = authorization.indexOf(algorithm) + algorithm.length();
      throw new UnreadableSignatureException(unsupported(authorization.substring(0, end)));
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new UnreadableSignatureException(
            "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'."
                .formatted(word, authorization));
      }
      parts.put(word.substring(0, equals), word.substring(equals + 1));
    }
    requireParts(parts, authorization, dated);
    return read(
        algorithm,
        parts.getOrDefault("Credential", ""),
        parts.getOrDefault("SignedHeaders", ""),
        parts.getOrDefault("Signature", ""));
  }

  private static void requireParts(Map<String, String> parts, String authorization, boolean dated) {
    StringBuilder missing = new StringBuilder();
    for (String name : PARTS) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.append("Authorization header requires '").append(name).append("' parameter. ");
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    if (!dated) {
      missing.append(DATE_REQUIRED).append(' ');
    }
    throw new UnreadableSignatureException(
        missing.append("Authorization=").append(authorization).toString());
  }

  private static SignatureHeader ofParameters(String query) {
    QueryString parameters = new QueryString(query);
    return read(
        first(parameters, "X-Amz-Algorithm"),
        first(parameters, "X-Amz-Credential"),
        first(parameters, "X-Amz-SignedHeaders"),
        first(parameters, "X-Amz-Signature"));
  }

  private static String first(QueryString parameters, String name) {
    List<String> values = parameters.all(name);
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      throw new UnreadableSignatureException(
          "AWS query-string parameters must include '" + name + "' parameter.");
    }
    return values.getFirst();
  }

  private static SignatureHeader read(
      String algorithm, String credential, String signedHeaders, String signature) {
    boolean regional = algorithm.equals(SIGV4);
    if (!regional && !algorithm.equals(SIGV4A)) {
      throw new UnreadableSignatureException(unsupported(algorithm));
    }
    String[] scope = credential.split("/", -1);
    if (scope.length != (regional ? 5 : 4) || scope[0].isEmpty()) {
      throw malformed(credential);
    }
    String date = scope[1];
    String region = regional ? scope[2] : null;
    String service = scope[scope.length - 2];
    if (!DATE.matcher(date).matches()
        || (region != null && !NAME.matcher(region).matches())
        || !NAME.matcher(service).matches()
        || !scope[scope.length - 1].equals("aws4_request")) {
      throw malformed(credential);
    }
    return new SignatureHeader(
        algorithm,
        scope[0],
        date,
        region,
        service,
        List.of(signedHeaders.split(";", -1)),
        signature);
  }

  private static UnreadableSignatureException malformed(String credential) {
    return new UnreadableSignatureException(
        "Credential must have the form <access key id>/YYYYMMDD/REGION/SERVICE/aws4_request, got '"
            + credential
            + "'.");
  }
}
