package io.portico.gateway.control.sdk;

import java.util.Arrays;
import java.util.List;

/** Source text that is written line by line. Texts of an API are made harmless here. */
final class SourceText {
  private final StringBuilder text = new StringBuilder();
  private final String unit;
  private int depth;

  /**
   * @param unit one step of indentation
   */
  SourceText(String unit) {
    this(unit, 0);
  }

  /** Text within {@code depth} blocks. */
  SourceText(String unit, int depth) {
    this.unit = unit;
    this.depth = depth;
  }

  SourceText line(String line) {
    if (!line.isEmpty()) {
      text.append(unit.repeat(depth)).append(line);
    }
    text.append('\n');
    return this;
  }

  SourceText lines(String lines) {
    lines.lines().forEach(this::line);
    return this;
  }

  SourceText blank() {
    return line("");
  }

  /** A line that opens a block. */
  SourceText open(String line) {
    line(line);
    depth++;
    return this;
  }

  /** A line that closes a block. */
  SourceText close(String line) {
    depth--;
    return line(line);
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * A string literal in double quotes, as Java, JavaScript, Swift and Objective-C read it in
   * common. What is not printable ASCII is escaped by {@code escape}.
   */
  static String quoted(String value, CharacterEscape escape) {
    StringBuilder literal = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            code -> {
              switch (code) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                  if (code >= ' ' && code <= '~') {
                    literal.append((char) code);
                  } else {
                    literal.append(escape.of(code));
                  }
                }
              }
            });
    return literal.append('"').toString();
  }

  /** How a language writes a character by its number. */
  @FunctionalInterface
  interface CharacterEscape {
    String of(int codePoint);
  }

  /** One or two UTF-16 units, as Java and JavaScript write them. */
  static String utf16(int codePoint) {
    StringBuilder units = new StringBuilder();
    for (char unit : Character.toChars(codePoint)) {
      units.append("\\u%04x".formatted((int) unit));
    }
    return units.toString();
  }

  /** In braces, as Swift and Ruby write it. */
  static String inBraces(int codePoint) {
    return "\\u{%x}".formatted(codePoint);
  }

  /**
   * The lines of a comment: nothing in them ends it, or is read as an escape (Java reads {@code
   * \}{@code u} in comments too).
   */
  static List<String> comment(String value) {
    return Arrays.stream(value.split("\\R|[\u0085\u2028\u2029]", -1))
        .map(
            line ->
                line.replaceAll("[\\p{Cntrl}]", " ")
                    .replace("\\", "\\ ")
                    .replace("*/", "* /")
                    .replace("/*", "/ *")
                    .stripTrailing())
        .toList();
  }

  /** Text within an element or an attribute of XML. */
  static String xml(String value) {
    return value
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Text in Markdown: one line, without what begins a link, a tag or code. */
  static String markdown(String value) {
    return value.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}<>`\\[\\]]", " ").strip();
  }
}
