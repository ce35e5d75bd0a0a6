package io.portico.conformance.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 of a request that a service was sent, as the service finds it out: computed
 * anew from what has arrived.
 *
 * @param request as it arrived
 * @param accessKey that it names
 * @param date of the scope, eight digits
 * @param region of the scope
 * @param service of the scope
 * @param signed names of the signed headers, in lower case
 * @param value the signature, in hexadecimal
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Create
 *     a signed request</a>
 */
public record Signature(
    Backend.Request request,
    String accessKey,
    String date,
    String region,
    String service,
    List<String> signed,
    String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** The signature that a request has in its {@code Authorization}. */
  public static Signature of(Backend.Request request) {
    String authorization = String.valueOf(request.header("Authorization"));
    Matcher form = FORM.matcher(authorization);
    if (!form.matches()) {
      throw new AssertionError("no signature: " + authorization);
    }
    return new Signature(
        request,
        form.group(1),
        form.group(2),
        form.group(3),
        form.group(4),
        List.of(form.group(5).split(";")),
        form.group(6));
  }

  /** Whether the request is whole, and whoever signed it knows the secret. */
  public boolean isBy(String secret) {
    String toSign =
        "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n%s"
            .formatted(
                request.header("X-amz-date"), date, region, service, hash(canonicalRequest()));
    byte[] key =
        hmac(
            hmac(
                hmac(hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date), region),
                service),
            "aws4_request");
    return HexFormat.of().formatHex(hmac(key, toSign)).equals(value)
        && signed.contains("host")
        && signed.contains("x-amz-date")
        && Stream.ofNullable(request.header("X-amz-content-sha256"))
            .allMatch(hash(request.body())::equals);
  }

  private String canonicalRequest() {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (signed.contains(lower)) {
                headers.put(
                    lower,
                    values.stream()
                        .map(text -> text.strip().replaceAll(" +", " "))
                        .collect(Collectors.joining(",")));
              }
            });
    if (!headers.keySet().equals(Set.copyOf(signed))) {
      throw new AssertionError("signed, but not there: " + signed + " of " + headers.keySet());
    }
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    text.append(path()).append('\n').append(query()).append('\n');
    headers.forEach((name, header) -> text.append(name).append(':').append(header).append('\n'));
    return text.append('\n')
        .append(String.join(";", signed))
        .append('\n')
        .append(hash(request.body()))
        .toString();
  }

  /** AWS: S3 takes a path as it is, every other service in its shortest form, encoded again. */
  private String path() {
    String raw = request.uri().getRawPath();
    if (service.equals("s3")) {
      return Stream.of(raw.split("/", -1))
          .map(part -> encoded(decoded(part.replace("+", "%2B")), ""))
          .collect(Collectors.joining("/"));
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : raw.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    String path = "/" + String.join("/", parts);
    return encoded(raw.endsWith("/") && !parts.isEmpty() ? path + "/" : path, "/");
  }

  private String query() {
    String raw = request.uri().getRawQuery();
    return raw == null
        ? ""
        : Stream.of(raw.split("&"))
            .filter(parameter -> !parameter.isEmpty())
            .map(parameter -> parameter.split("=", 2))
            .map(
                pair ->
                    encoded(decoded(pair[0]), "")
                        + "="
                        + (pair.length < 2 ? "" : encoded(decoded(pair[1]), "")))
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every JDK has HMAC", e);
    }
  }
}
