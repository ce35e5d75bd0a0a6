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
record CaseFile(String source, List<Section> sections) {
  private static final String SOURCE = "source: ";
  private static final String SECTION = "--- ";

  /**
   * A section.
   *
   * @param name what stands behind the dashes
   * @param text without the line breaks at its end
   */
  record Section(String name, String text) {}

  static CaseFile read(Path file) throws IOException {
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  static CaseFile parse(String content) {
    List<String> lines = content.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(SOURCE)) {
      throw new IllegalArgumentException("the first line is not a source");
    }
    String source = lines.getFirst().substring(SOURCE.length());
    if (!source.matches("(recorded|second-hand), facts .+|documented, https?://.+|assumed.*")) {
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
