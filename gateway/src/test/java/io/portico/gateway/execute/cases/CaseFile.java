package io.portico.gateway.execute.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case as it is written.
 *
 * @param source where the expectation comes from
 * @param sections in order
 */
public record CaseFile(String source, List<Section> sections) {
  /** The section that keeps a case from sockets. */
  static final String NOT_ON_THE_WIRE = "not on the wire";

  /** The section that keeps a case to HTTP/1.1. */
  static final String NOT_BY_HTTP2 = "not by HTTP/2";

  private static final String SOURCE = "source: ";
  private static final String SECTION = "--- ";

  /**
   * A section.
   *
   * @param name what stands behind the dashes
   * @param text without the line breaks at its end
   */
  public record Section(String name, String text) {}

  /** Whether its requests can be sent through sockets. */
  public boolean isForTheWire() {
    return !has(NOT_ON_THE_WIRE);
  }

  /** Whether its requests can be sent by HTTP/2, and mean the same there. */
  public boolean isForHttp2() {
    return isForTheWire() && !has(NOT_BY_HTTP2);
  }

  /** Whether its API is an HTTP API. */
  boolean isOfHttpApi() {
    return sections.stream().anyMatch(section -> section.name().startsWith("http api"));
  }

  private boolean has(String name) {
    return sections.stream().anyMatch(section -> section.name().equals(name));
  }

  public static CaseFile read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  public static CaseFile parse(String content) {
    List<String> lines = content.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(SOURCE)) {
      throw new IllegalArgumentException("the first line is not a source");
    }
    String source = lines.getFirst().substring(SOURCE.length());
    if (!source.matches("recorded, facts .+|second-hand, .+|documented, https?://.+|assumed.*")) {
      throw new IllegalArgumentException("not a source: " + source);
    }
    List<Section> sections = new ArrayList<>();
    String name = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith(SECTION)) {
        if (name != null) {
          sections.add(new Section(name, text.toString().stripTrailing()));
        }
        name = line.substring(SECTION.length()).strip();
        text.setLength(0);
      } else if (name == null && !line.isBlank()) {
        throw new IllegalArgumentException("text before the first section: " + line);
      } else {
        text.append(line).append('\n');
      }
    }
    if (name == null) {
      throw new IllegalArgumentException("no section");
    }
    sections.add(new Section(name, text.toString().stripTrailing()));
    return new CaseFile(source, List.copyOf(sections));
  }
}
