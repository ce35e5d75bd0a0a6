package io.portico.gateway.control.protocol;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A body that is wrong as a whole.
 *
 * @param text of it, a character a byte
 */
record HostileBody(String name, String text) {
  private static final int DEEP = 10_000;

  /** Ways to spoil an honest one. */
  static List<HostileBody> of(String text) {
    String members = text.startsWith("{") ? text.substring(1) : "}";
    String comma = members.startsWith("}") ? "" : ",";
    return List.of(
        body("nothing", ""),
        body("null", "null"),
        body("a text", "\"x\""),
        body("a number", "1"),
        body("true", "true"),
        body("a list", "[" + text + "]"),
        body("an empty object", "{}"),
        body("an end too early", text.isEmpty() ? "{" : text.substring(0, text.length() - 1)),
        body("something behind it", text + " x"),
        body("twice", text + text),
        body("an unknown member", "{\"no such member\": {\"a\": [1, null]}" + comma + members),
        body("a prototype", "{\"__proto__\": {\"a\": 1}, \"constructor\": 1" + comma + members),
        body("a member without a name", "{\"\": 1" + comma + members),
        body(
            "a member twice",
            members.startsWith("}")
                ? "{\"a\": 1, \"a\": 2}"
                : "{" + members.substring(0, members.length() - 1) + "," + members),
        body("a deep unknown member", "{\"x\": " + "[".repeat(DEEP) + comma + members),
        body(
            "a deep unknown member that ends",
            "{\"x\": " + "[".repeat(DEEP) + "]".repeat(DEEP) + comma + members),
        body("a long unknown member", "{\"x\": \"" + "a".repeat(1 << 20) + "\"" + comma + members),
        body("a name of a megabyte", "{\"" + "a".repeat(1 << 20) + "\": 1" + comma + members),
        body("a long number", "{\"x\": " + "9".repeat(1 << 20) + comma + members),
        body("a mark of byte order", "\u00ef\u00bb\u00bf" + text),
        body("UTF-16", in(StandardCharsets.UTF_16, text)),
        body("UTF-32", in(StandardCharsets.UTF_32, text)),
        body("a NUL behind it", text + "\u0000"),
        body("NULs", "\u0000".repeat(100)),
        body("bytes that are no text", "\u00ff\u00fe\u0000\u0001"),
        body("a comment", "/* a */" + text),
        body(
            "XML",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///x\">]><a>&b;</a>"),
        body("blanks", " ".repeat(1 << 20) + text));
  }

  private static String in(Charset charset, String text) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  private static HostileBody body(String name, String text) {
    return new HostileBody(name, text);
  }
}
