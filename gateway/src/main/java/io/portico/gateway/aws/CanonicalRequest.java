package io.portico.gateway.aws;

import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The canonical form of a request that Signature Version 4 signs.
 *
 * @param text the canonical request
 * @param signedHeaders the names that are signed, lower-case, sorted, joined by semicolons
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">Create
 *     a signed request</a>
 */
record CanonicalRequest(String text, String signedHeaders) {
  /** RFC 3986, section 2.3: what is never percent-encoded, by its code. */
  private static final boolean[] UNRESERVED = new boolean[256];

  static {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        .chars()
        .forEach(code -> UNRESERVED[code] = true);
  }

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** What becomes of a path that is signed. */
  enum PathForm {
    /** Dot segments and doubled slashes are resolved, the rest is encoded once more. */
    NORMALIZED,
    /** As on the wire, encoded once more. */
    ENCODED_TWICE,
    /** As on the wire, every octet in its canonical encoding: S3. */
    ENCODED_ONCE;

    String of(String path) {
      return switch (this) {
        case NORMALIZED -> encode(normalized(path), true);
        case ENCODED_TWICE -> encode(path, true);
        case ENCODED_ONCE -> reencode(path, true);
      };
    }
  }

  /**
   * The canonical form.
   *
   * @param target raw path and query, as on the wire
   * @param headers every header that is signed
   * @param payloadHash lower-case hex of the body's SHA-256, or a literal such as {@code
   *     UNSIGNED-PAYLOAD}
   * @param form what becomes of the path
   */
  static CanonicalRequest of(
      String method, String target, Headers headers, String payloadHash, PathForm form) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    Map<String, String> signed = signed(headers);
    String names = String.join(";", signed.keySet());

    StringBuilder text = new StringBuilder(256);
    text.append(method).append('\n');
    text.append(form.of(path)).append('\n');
    text.append(canonicalQuery(query)).append('\n');
    signed.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n').append(names).append('\n').append(payloadHash);
    return new CanonicalRequest(text.toString(), names);
  }

  private static Map<String, String> signed(Headers headers) {
    Map<String, String> signed = new TreeMap<>();
    for (Headers.Field field : headers) {
      String value = collapsed(field.value().strip());
      signed.merge(
          field.name().toLowerCase(Locale.ROOT), value, (first, second) -> first + "," + second);
    }
    return signed;
  }

  /** With one blank in place of each run of white space. */
  private static String collapsed(String value) {
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter == ' ' ? value.charAt(i + 1) == ' ' : letter < ' ') {
        return WHITE_SPACE.matcher(value).replaceAll(" ");
      }
    }
    return value;
  }

  /** RFC 3986, section 5.2.4, with doubled slashes merged. */
  private static String normalized(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    boolean folder = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    String joined = "/" + String.join("/", segments);
    return folder && joined.length() > 1 ? joined + "/" : joined;
  }

  private static String canonicalQuery(String query) {
    List<String> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.add(reencode(name, false) + "=" + reencode(value, false));
      }
    }
    parameters.sort(CanonicalRequest::byNameThenValue);
    return String.join("&", parameters);
  }

  /** Encoded text holds no {@code =} but the one between name and value. */
  private static int byNameThenValue(String left, String right) {
    String leftName = left.substring(0, left.indexOf('='));
    String rightName = right.substring(0, right.indexOf('='));
    int byName = leftName.compareTo(rightName);
    return byName != 0 ? byName : left.compareTo(right);
  }

  private static String reencode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    for (int i = 0; i + 2 < text.length(); i++) {
      if (text.charAt(i) == '%' && isHex(text.charAt(i + 1)) && isHex(text.charAt(i + 2))) {
        out.append(encode(text.substring(start, i), keepSlash));
        appendEncoded(out, Integer.parseInt(text, i + 1, i + 3, 16), false);
        i += 2;
        start = i + 1;
      }
    }
    return out.append(encode(text.substring(start), keepSlash)).toString();
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }

  private static String encode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      appendEncoded(out, b & 0xff, keepSlash);
    }
    return out.toString();
  }

  private static void appendEncoded(StringBuilder out, int octet, boolean keepSlash) {
    boolean plain = UNRESERVED[octet] || (keepSlash && octet == '/');
    if (plain) {
      out.append((char) octet);
    } else {
      out.append('%')
          .append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)))
          .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
    }
  }
}
