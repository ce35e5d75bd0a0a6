package io.portico.gateway.execute.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What nobody honest sends, by chance: one seed, one sequence. */
public final class HostileText {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "2.5",
          "0.1",
          "1e2",
          "1E+2147483648",
          "1e400",
          "-1e400",
          "1e-400",
          "1e9999999",
          "1e-9999999",
          "1e99999999999",
          "0e99999999999",
          "1.0000000000000000001e500",
          "1.0000000000000000001e-99999999999",
          "-1.0000000000000000001e99999999999",
          "2147483648",
          "9223372036854775808",
          "123456789012345678901234567890",
          "9".repeat(900),
          "9".repeat(1100),
          "0." + "9".repeat(900),
          "01",
          "NaN",
          "-",
          "1.",
          ".5",
          "0x1");

  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "abc",
          "1",
          "1e400",
          " ",
          "\t",
          "\r\nX-Evil: 1",
          "\nX-Evil: 1",
          "\r",
          "\u0000",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u010d\u010aX-Evil: 1",
          "\u2028",
          "\ufeff",
          "\uffff",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "é",
          "日",
          "%",
          "%z",
          "%zz",
          "%C3",
          "%00",
          "%0d%0aX-Evil:1",
          "%u0041",
          "\"",
          "'",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "(",
          "$",
          "$input.body",
          "#set($x = 1)",
          "${stageVariables.a}",
          ";",
          ":",
          ",",
          "=",
          "==",
          "+",
          "&",
          "?",
          "#",
          "/",
          "//",
          "..",
          "%2f",
          "*",
          "<a>",
          "max-age=0",
          "application/json",
          "text/plain",
          "gzip",
          "Bearer ",
          "Basic YTpi",
          "AWS4-HMAC-SHA256",
          "AWS4-ECDSA-P256-SHA256",
          " Credential=",
          " SignedHeaders=host",
          " Signature=0",
          "AKIAROOT/20261129/us-east-1/execute-api/aws4_request",
          "20261129T120000Z",
          "x".repeat(3000));

  private static final List<String> NAMES =
      List.of("a", "b", "i", "e", "name", "list", "statusCode", "headers", "body", "q", "keys");

  private static final int[] DEPTHS = {500, 511, 512, 513, 3000};

  private final RandomGenerator random;

  public HostileText(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** One of them. */
  @SafeVarargs
  public final <T> T one(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** From zero up to, without the end. */
  public int below(int end) {
    return random.nextInt(end);
  }

  /** Once in so many times. */
  public boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  /** Any text, half characters among them. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(6); left > 0; left--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  public String number() {
    return NUMBERS.get(random.nextInt(NUMBERS.size()));
  }

  /** A field's value, as much of it as a listener lets through: an octet is a character. */
  public String field() {
    StringBuilder octets =
        new StringBuilder(new String(text().getBytes(once(4) ? ISO_8859_1 : UTF_8), ISO_8859_1));
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        octets.setCharAt(i, 'c');
      }
    }
    return octets.toString().strip();
  }

  /** A part of a target, as much of it as a listener lets through. */
  public String ofTarget() {
    StringBuilder part = new StringBuilder();
    for (char c : text().toCharArray()) {
      if (c > ' ' && c < 0x7f && c != '#') {
        part.append(c);
      } else {
        part.append(String.format(Locale.ROOT, "%%%02x", c & 0xff));
      }
    }
    return part.toString();
  }

  /** The query of a target: parameters with the names and others. */
  public String query(String... names) {
    StringBuilder query = new StringBuilder();
    for (int left = random.nextInt(5); left > 0; left--) {
      query.append(query.isEmpty() ? "" : "&");
      query.append(once(3) ? ofTarget() : one(names)).append(once(9) ? "" : "=").append(ofTarget());
    }
    return query.toString();
  }

  /** A body: JSON mostly, not all of it well-formed. */
  public String body() {
    return switch (below(12)) {
      case 0 -> "";
      case 1 -> text();
      case 2 -> nested();
      default -> json();
    };
  }

  /** A JSON object, sound but for numbers and members that nobody honest sends. */
  public String json() {
    return object(3);
  }

  private String nested() {
    int depth = DEPTHS[random.nextInt(DEPTHS.length)];
    return once(2)
        ? "[".repeat(depth) + number() + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    for (int left = random.nextInt(6); left > 0; left--) {
      object.append(object.length() == 1 ? "" : ",");
      object.append(once(6) ? quoted(text()) : quoted(NAMES.get(random.nextInt(NAMES.size()))));
      object.append(':').append(value(depth - 1));
    }
    return object.append(once(50) ? "" : "}").toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1, 2 -> number();
      case 3 -> one("null", "true", "false", "\"abc\"");
      case 4, 5 -> quoted(text());
      case 6 -> object(depth);
      default -> {
        StringBuilder array = new StringBuilder("[");
        for (int left = random.nextInt(4); left > 0; left--) {
          array.append(array.length() == 1 ? "" : ",").append(value(depth - 1));
        }
        yield array.append("]").toString();
      }
    };
  }

  /** A JSON text of any characters: those that UTF-8 has no form for are escaped. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** What stands in an {@code Authorization} field. */
  public String authorization() {
    return switch (below(5)) {
      case 0 -> "Bearer " + token();
      case 1 -> token();
      case 2 ->
          "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s, Signature=%s"
              .formatted(field(), field(), field());
      default -> field();
    };
  }

  private String token() {
    return coded(once(3) ? json() : "{\"alg\":\"RS256\",\"kid\":" + value(1) + "}")
        + "."
        + coded(
            once(3)
                ? json()
                : "{\"exp\":%s,\"iat\":%s,\"aud\":%s}".formatted(number(), number(), value(1)))
        + "."
        + (once(3) ? field() : coded(text()));
  }

  private static String coded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
