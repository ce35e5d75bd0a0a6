package io.portico.gateway.control.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of documents and what becomes of them. It starts with {@code source:} and goes on with
 * sections:
 *
 * <pre>
 * --- import [basepath=…] [failonwarnings] [ignore=…] [endpointConfigurationTypes=…]    a document, to a new API
 * --- merge, --- overwrite           the same, into the API made before
 * --- api                            what the API contains; null: absent; a key ending in =: exactly
 * --- paths                          all paths, one a line
 * --- ids                            all paths with the ids of their resources, one a line
 * --- documentation                  all documentation parts, their properties as trees
 * --- warnings                       all warnings of the last document, one a line
 * --- refused                        the text with which the last document is refused
 * --- export swagger|oas30 [extensions=…] [accepts=…] [version=…]    the document that the API is exported as;
 *                                    with a version, the stage publishes the documentation parts
 * --- headers                        what was exported last: content type, content disposition
 * </pre>
 *
 * <p>In place of text a section may have {@code @name}: the file of that name in {@code documents}.
 */
record OpenApiCase(String source, List<Section> sections) {

  record Section(String title, String body) {}

  static OpenApiCase read(Path file) {
    try {
      return parse(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OpenApiCase parse(Path file, List<String> lines) throws IOException {
    @Nullable String source = null;
    List<Section> sections = new ArrayList<>();
    @Nullable String title = null;
    StringBuilder body = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("--- ")) {
        if (title != null) {
          sections.add(section(file, title, body));
        }
        title = line.substring(4).strip();
        body.setLength(0);
      } else if (title != null) {
        body.append(line).append('\n');
      } else if (line.startsWith("source: ")) {
        source = line.substring("source: ".length());
      }
    }
    if (title != null) {
      sections.add(section(file, title, body));
    }
    if (source == null || !source.matches("(recorded, facts |documented, |reported, |assumed).*")) {
      throw new IllegalStateException(file + " does not say its source");
    }
    return new OpenApiCase(source, sections);
  }

  private static Section section(Path file, String title, StringBuilder body) throws IOException {
    String text = body.toString();
    if (!text.startsWith("@")) {
      return new Section(title, text);
    }
    Path document = file.resolveSibling("documents").resolve(text.substring(1).strip());
    return new Section(title, Files.readString(document));
  }
}
