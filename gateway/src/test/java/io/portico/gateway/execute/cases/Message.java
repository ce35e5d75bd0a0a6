package io.portico.gateway.execute.cases;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or answer as it is written: a first line, headers, a body.
 *
 * @param first the first line
 * @param headers {@code Name: value}, or {@code !Name} for one that must not be there
 * @param body null where the case says nothing about it
 */
public record Message(String first, List<String> headers, @Nullable String body) {
  private static final String BASE64 = "base64:";
  private static final String OF_LENGTH = "of length:";

  static Message parse(String text) {
    List<String> lines = text.lines().toList();
    List<String> headers = new ArrayList<>();
    int next = 1;
    while (next < lines.size() && isHeader(lines.get(next))) {
      headers.add(lines.get(next++));
    }
    if (next == lines.size()) {
      return new Message(lines.getFirst(), List.copyOf(headers), null);
    }
    if (lines.get(next).isBlank()) {
      next++;
    }
    return new Message(
        lines.getFirst(),
        List.copyOf(headers),
        String.join("\n", lines.subList(next, lines.size())));
  }

  /** Nothing but headers. */
  static List<String> headers(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.stream().allMatch(Message::isHeader)) {
      throw new IllegalArgumentException("not headers: " + text);
    }
    return lines;
  }

  private static boolean isHeader(String line) {
    return line.matches("![A-Za-z0-9_-]+|[A-Za-z][A-Za-z0-9_-]*:( .*)?");
  }

  /** The bytes of the body: text in base64, or so many letters, where it says so. */
  public byte[] bytes() {
    String text = body == null ? "" : body;
    if (text.startsWith(OF_LENGTH)) {
      byte[] letters = new byte[Integer.parseInt(text.substring(OF_LENGTH.length()).strip())];
      Arrays.fill(letters, (byte) 'x');
      return letters;
    }
    return text.startsWith(BASE64)
        ? Base64.getDecoder().decode(text.substring(BASE64.length()).strip())
        : text.getBytes(StandardCharsets.UTF_8);
  }
}
