package io.portico.gateway.aws;

import io.portico.gateway.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

  private static final Pattern DATE = Pattern.compile("\\d{8}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * The request's signature, or nothing where it has none (or an {@code Authorization} of another
   * scheme).
   *
   * @throws IllegalArgumentException if there is one that cannot be read; the message is for the
   *     caller
   */
  public static Optional<SignatureHeader> of(HttpRequest request) {
    String authorization = request.headers().first("Authorization");
    if (authorization != null && isSignature(authorization)) {
      return Optional.of(ofAuthorization(authorization));
    }
    String query = request.rawQuery();
    if (query != null && query.contains("X-Amz-Algorithm=AWS4-")) {
      return Optional.of(ofParameters(query));
    }
    return Optional.empty();
  }

  /** Whether an {@code Authorization} field is a signature of AWS's, readable or not. */
  public static boolean isSignature(String authorization) {
    return authorization.startsWith("AWS4-");
  }

  /** The service that the request is signed for, or null where no signature can be read. */
  public static @Nullable String serviceOf(HttpRequest request) {
    try {
      return of(request).map(SignatureHeader::service).orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static SignatureHeader ofAuthorization(String authorization) {
    int blank = authorization.indexOf(' ');
    String algorithm = blank < 0 ? authorization : authorization.substring(0, blank);
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : authorization.substring(algorithm.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return read(
        algorithm,
        part(parts, "Credential", "Authorization header requires"),
        part(parts, "SignedHeaders", "Authorization header requires"),
        part(parts, "Signature", "Authorization header requires"));
  }

  private static SignatureHeader ofParameters(String query) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parts.putIfAbsent(
            parameter.substring(0, equals),
            URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return read(
        part(parts, "X-Amz-Algorithm", "AWS query-string parameters must include"),
        part(parts, "X-Amz-Credential", "AWS query-string parameters must include"),
        part(parts, "X-Amz-SignedHeaders", "AWS query-string parameters must include"),
        part(parts, "X-Amz-Signature", "AWS query-string parameters must include"));
  }

  private static String part(Map<String, String> parts, String name, String demand) {
    String value = parts.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(demand + " '" + name + "' parameter.");
    }
    return value;
  }

  private static SignatureHeader read(
      String algorithm, String credential, String signedHeaders, String signature) {
    boolean regional = algorithm.equals(SIGV4);
    if (!regional && !algorithm.equals(SIGV4A)) {
      throw new IllegalArgumentException("Unsupported AWS 'algorithm': '" + algorithm + "'.");
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

  private static IllegalArgumentException malformed(String credential) {
    return new IllegalArgumentException(
        "Credential must have the form <access key id>/YYYYMMDD/REGION/SERVICE/aws4_request, got '"
            + credential
            + "'.");
  }
}
