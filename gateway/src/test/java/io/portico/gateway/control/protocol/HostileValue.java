package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value nobody honest sends, in each form in which it can stand in a request. Of every form, a
 * character is a byte.
 *
 * @param json as it stands in a JSON text, or null where JSON is no place for it
 * @param text itself, for a header or a body of its own, or null where it is JSON's alone
 * @param encoded as it stands in a path, a query or a form, or null where it is JSON's alone
 */
record HostileValue(
    String name, @Nullable String json, @Nullable String text, @Nullable String encoded) {

  private static final int DEEP = 10_000;

  /** What a text may say. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "..",
          "../../../../etc/passwd",
          "..%2f..%2fx",
          "..\\..\\x",
          "a/b",
          "//",
          "/{x",
          "{proxy+}",
          "~",
          "~2",
          "a~1..~1b",
          "a.b.c",
          "$default",
          "${stageVariables.a}",
          "$input.json('$')",
          "\u0000",
          "a\u0000b",
          "a\r\nX-Injected: 1\r\n\r\n<b>",
          "\u001b[31m",
          "\u007f",
          "\u0085\u2028",
          "\ufeffa",
          "\u202etxt.exe",
          "\uffff",
          "\ud83d\ude00",
          "null",
          "true",
          "-1",
          "0",
          "0.5",
          "1e9",
          "1e400",
          "-1e999999999",
          "NaN",
          "2147483648",
          "99999999999999999999",
          "\u0661\u0662",
          "[]",
          "{}",
          "[null]",
          "{\"a\": 1, \"a\": 2}",
          "{\"a\":{\"$ref\":\"#/a\"}}",
          "[",
          "'",
          "\"",
          "\\",
          "%",
          "%s%n",
          "<script>",
          "<!ENTITY a \"b\">",
          "*",
          "(",
          "(a+)+$",
          "#set($a = ",
          "#",
          "a=b&c=d",
          "a;b",
          "a,b",
          "arn:aws:",
          ":::::::",
          "arn:aws:iam::000000000000:role/a b",
          "http://[::1",
          "http://a b/",
          "method.request.header.",
          "a".repeat(300),
          "a".repeat(60_000),
          "a".repeat(1 << 20));

  /** Long texts, which cost what they are long. */
  private static final List<String> LONG =
      List.of(
          "[".repeat(DEEP),
          "{\"items\":".repeat(DEEP) + "{}" + "}".repeat(DEEP),
          "{\"a\":".repeat(500) + "1" + "}".repeat(500),
          "#if(true)".repeat(DEEP),
          "(".repeat(DEEP),
          "/a".repeat(DEEP),
          "a.".repeat(DEEP),
          "\u00e4".repeat(DEEP),
          "a,".repeat(DEEP));

  /** Of JSON alone: other types, bytes that are none of its, and what is no JSON. */
  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "0.5",
          "-0.0",
          "1e400",
          "1e999999999",
          "-1e-999999999",
          "1" + "0".repeat(900),
          "1" + "0".repeat(2_000),
          "2147483648",
          "-9223372036854775809",
          "[]",
          "[null]",
          "[[]]",
          "[\"a\", 1]",
          "[{}]",
          "{}",
          "{\"\": null}",
          "{\"a\": null}",
          "{\"a\": {}}",
          "{\"a\": \"b\", \"a\": \"c\"}",
          "\"\\ud800\"",
          "\"a\\udc00\\ud800b\"",
          "\"\u00ff\"",
          "\"\u00c0\u00ae\"",
          "\"\u00ed\u00a0\u0080\"",
          "\"\u00f4\u0090\u0080\u0080\"",
          "\"a\nb\"",
          "\"a\u0000b\"",
          "\"\\x41\"",
          "\"",
          "NaN",
          "'a'",
          "undefined",
          "/**/1",
          "[".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "[".repeat(500) + "]".repeat(500),
          "[".repeat(DEEP) + "]".repeat(DEEP));

  /** Of paths, queries and forms alone: encodings that are none, or hide something. */
  private static final List<String> ENCODED =
      List.of(
          "..",
          ".",
          "%2e%2e",
          "%2E%2E%2F",
          "..%2f..%2fx",
          "%252e%252e%252f",
          "%00",
          "%0d%0aX-Injected:%201",
          "%ff",
          "%c0%ae%c0%ae%c0%af",
          "%ed%a0%80",
          "%f4%90%80%80",
          "%",
          "%2",
          "%zz",
          "%u0000",
          "+",
          "a;b=c",
          "a=b",
          "\u00ff",
          "\u0000",
          "{id}",
          "%5b%5d");

  static List<HostileValue> texts() {
    return TEXTS.stream().map(HostileValue::ofText).toList();
  }

  static List<HostileValue> longTexts() {
    return LONG.stream().map(HostileValue::ofText).toList();
  }

  /** All but the long texts. */
  static List<HostileValue> all() {
    List<HostileValue> all = new ArrayList<>(texts());
    JSON.forEach(json -> all.add(new HostileValue("JSON " + shortened(json), json, null, null)));
    ENCODED.forEach(
        encoded ->
            all.add(new HostileValue("encoded " + shortened(encoded), null, encoded, encoded)));
    return all;
  }

  private static HostileValue ofText(String text) {
    return new HostileValue(
        "text " + shortened(text),
        new String(Json.bytes(Json.object().stringNode(text)), StandardCharsets.ISO_8859_1),
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
        URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Within a JSON string, or null where it is none. */
  @Nullable String inString() {
    return text == null || json == null ? null : json.substring(1, json.length() - 1);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "... (" + text.length() + ")";
  }
}
