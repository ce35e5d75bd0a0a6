package io.portico.transport.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Messages kept as data: entries of a title and bytes, parted by empty lines. */
public final class Corpus {
  private Corpus() {}

  /** A message. */
  public record Entry(String title, String text) {

    /** Its bytes, one a character. */
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** The entries of a resource. */
  public static List<Entry> read(String resource) {
    List<Entry> entries = new ArrayList<>();
    for (String block : text(resource).split("\n\n+", -1)) {
      List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
      if (lines.size() > 1) {
        entries.add(
            new Entry(
                lines.getFirst(), unescaped(String.join("", lines.subList(1, lines.size())))));
      }
    }
    return entries;
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.write(c);
        continue;
      }
      char escape = text.charAt(++i);
      switch (escape) {
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case '0' -> bytes.write(0);
        case 'x' -> {
          bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape \\" + escape);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
