package io.portico.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.json.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAPI document on disk.
 *
 * @param file where it stands
 * @param content as it stands there
 * @param document the same, parsed
 */
@SuppressWarnings("ArrayRecordComponent")
record Definition(Path file, byte[] content, JsonNode document) {

  /**
   * The definitions that files and folders hold: a file that is named must be one; of a folder,
   * those of its JSON and YAML files that are, ordered by name. A folder of functions needs none.
   *
   * @throws DefinitionException if one cannot be read, or a path holds none and no function
   */
  static List<Definition> in(List<Path> paths) {
    List<Definition> definitions = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        definitions.addAll(inFolder(path));
      } else {
        definitions.add(named(path));
      }
    }
    return definitions;
  }

  private static Definition named(Path file) {
    if (!Files.exists(file)) {
      throw new DefinitionException("no such file or folder: " + file, null);
    }
    Definition definition = read(file);
    if (definition == null) {
      throw new DefinitionException(
          file + " is no OpenAPI definition: it has neither openapi nor swagger", null);
    }
    return definition;
  }

  private static List<Definition> inFolder(Path folder) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Definition::isCandidate).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(folder + " cannot be read: " + e.getMessage(), e);
    }
    List<Definition> definitions = new ArrayList<>();
    for (Path file : files) {
      Definition definition = read(file);
      if (definition != null) {
        definitions.add(definition);
      }
    }
    if (definitions.isEmpty() && FunctionDefinition.files(folder).isEmpty()) {
      throw new DefinitionException(
          folder
              + " holds no OpenAPI definition: none of its .json, .yaml and .yml files has openapi or"
              + " swagger; and no function: there is no functions/NAME/function.json",
          null);
    }
    return definitions;
  }

  private static boolean isCandidate(Path path) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path)
        && (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /** The definition in a file, or null where the file is about something else. */
  private static @Nullable Definition read(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DefinitionException(
          "%s cannot be read: %s: %s".formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
    String text = new String(content, UTF_8);
    boolean json = text.stripLeading().startsWith("{");
    JsonNode document;
    try {
      document = json ? Json.parse(content) : Yaml.parse(text);
    } catch (JacksonException | YamlException e) {
      // Something else may be no JSON for reasons of its own, such as comments.
      if (text.contains("openapi") || text.contains("swagger")) {
        String why =
            e instanceof JacksonException j
                ? "line " + j.getLocation().getLineNr() + ": " + j.getOriginalMessage()
                : e.getMessage();
        throw new DefinitionException(
            "%s is no %s: %s"
                .formatted(
                    file,
                    json ? "JSON" : "YAML",
                    String.valueOf(why).lines().findFirst().orElse("")),
            e);
      }
      return null;
    }
    boolean openApi = document.has("openapi") || document.has("swagger");
    return openApi ? new Definition(file, content, document) : null;
  }
}
