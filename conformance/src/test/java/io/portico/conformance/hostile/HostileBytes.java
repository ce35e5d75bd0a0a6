package io.portico.conformance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values nobody honest sends, as they stand on the wire. */
final class HostileBytes {
  private static final int DEEP = 10_000;

  /** In paths and queries. */
  static final List<String> ENCODED =
      List.of(
          "",
          "..",
          "%2e%2e",
          "..%2f..%2fx",
          "%252e%252e%252f",
          "%00",
          "%0d%0aX-Injected:%201",
          "%1b",
          "%ff",
          "%c0%ae",
          "%ed%a0%80",
          "%",
          "%zz",
          "+",
          "a;b=c",
          "\u00ff",
          "-1",
          "99999999999999999999",
          "1e999999999",
          "null",
          "a".repeat(4_000),
          "a".repeat(100_000));

  /** In JSON. */
  static final List<String> JSON =
      List.of(
          "null",
          "true",
          "-1",
          "1e999999999",
          "\"\"",
          "[]",
          "[null]",
          "{}",
          "{\"a\":1,\"a\":null}",
          "\"../..%2fx\"",
          "\"a\\u0000\\r\\nX: 1\\u001b[0m\"",
          "\"\\ud800\"",
          "\"\u00ff\"",
          "\"" + "a".repeat(1 << 16) + "\"",
          "[".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "NaN");

  /** Bodies as a whole. */
  static final List<byte[]> BODIES =
      List.of(
          bytes(""),
          bytes("null"),
          bytes("\"x\""),
          bytes("{"),
          bytes("[".repeat(DEEP)),
          bytes("{\"no such member\":{}}"),
          bytes("{\"name\":\"" + "a".repeat(10 << 20) + "\"}"),
          bytes("{\"" + "a".repeat(1 << 20) + "\":1}"),
          bytes("swagger: '2.0'\ninfo: &a {title: *a}\n"),
          new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

  /** What stands behind what a form begins with. */
  static final List<String> FORMS =
      List.of(
          "",
          "&",
          "&&==&=a",
          "&Action=Nothing",
          "&Version=1",
          "&%=%zz&%00=%00",
          "&a.member.1.member.1=x&a.member.=&a..=&.=x",
          "&a.member.99999999999999999999=x&a.member.-1=x",
          "&a" + ".member.1".repeat(5_000) + "=x",
          "&" + "a=b&".repeat(100_000),
          "&" + "a".repeat(1 << 19) + "=" + "b".repeat(1 << 19),
          "&a=" + "b".repeat(2 << 20),
          "\u00ff\u00fe\u0000");

  private HostileBytes() {}

  /** A body with one hostile member. */
  static List<byte[]> withMember(String name) {
    List<byte[]> bodies = new ArrayList<>();
    for (String json : JSON) {
      bodies.add(bytes("{\"" + name + "\":" + json + "}"));
    }
    return bodies;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
