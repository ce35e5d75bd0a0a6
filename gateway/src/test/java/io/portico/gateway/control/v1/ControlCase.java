package io.portico.gateway.control.v1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of calls and what they answer. It starts with {@code source:}, may have {@code given:}
 * (the name of a file in {@code given/} that runs first), and goes on with sections:
 *
 * <pre>
 * --- PutMethod                 an operation; its input as YAML follows
 * --- v2 CreateApiMapping       the same of API Gateway v2
 * --- reply                     what the operation before it replies, whole
 * --- reply 201                 the same, with this status
 * --- reply contains            the same, more members allowed
 * --- error 404 NotFoundException    how it is refused; the text follows
 * --- published                 what the publisher was told since the last such section
 * </pre>
 *
 * <p>{@code <name>} stands for a value: the first reply that has it gives it, later it is that
 * value, in inputs and texts too.
 */
record ControlCase(String source, @Nullable String given, List<Section> sections) {

  record Section(String title, String body) {}

  static ControlCase read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    String source = null;
    String given = null;
    List<Section> sections = new ArrayList<>();
    String title = null;
    StringBuilder body = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("--- ")) {
        if (title != null) {
          sections.add(section(title, body));
        }
        title = line.substring(4).strip();
        body.setLength(0);
      } else if (title != null) {
        body.append(line).append('\n');
      } else if (line.startsWith("source: ")) {
        source = line.substring("source: ".length());
      } else if (line.startsWith("given: ")) {
        given = line.substring("given: ".length()).strip();
      }
    }
    if (title != null) {
      sections.add(section(title, body));
    }
    if (source == null || !source.matches("(recorded, facts |documented, |reported, |assumed).*")) {
      throw new IllegalStateException(file + " does not say its source");
    }
    return new ControlCase(source, given, sections);
  }

  /** A section without the empty lines around its body; blanks at a line's end count. */
  private static Section section(String title, StringBuilder body) {
    return new Section(title, body.toString().replaceAll("^\\n+|\\n+$", ""));
  }
}
