package io.portico.conformance.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An operation of an API, as its published table has it.
 *
 * @param name such as {@code CreateRestApi}
 * @param method of HTTP
 * @param path with labels in braces, and the constant part of its query
 * @param members what it takes
 */
record TableOperation(String name, String method, String path, List<Field> members) {

  /** Where a member stands in a request. */
  enum Location {
    LABEL,
    QUERY,
    HEADER,
    /** The body as a whole. */
    PAYLOAD,
    BODY
  }

  record Field(String wireName, Location location) {}

  /** The same behind another path. */
  TableOperation below(String prefix) {
    return new TableOperation(name, method, prefix + path, members);
  }

  /** All operations of a table, in its order. */
  static List<TableOperation> of(String api) {
    Path table =
        Path.of(System.getProperty("portico.repository", ".."))
            .resolve("gateway/src/main/resources/io/portico/gateway/control/protocol")
            .resolve(api + ".operations");
    try {
      return read(Files.readAllLines(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<TableOperation> read(List<String> lines) {
    Map<String, List<Field>> structures = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("structure ")) {
        String[] head = lines.get(i).split(" ", -1);
        List<Field> members = new ArrayList<>();
        while (i + 1 < lines.size() && lines.get(i + 1).startsWith("  ")) {
          members.add(field(lines.get(++i).strip().split(" ", -1), List.of(head)));
        }
        structures.put(head[1], members);
      }
    }
    List<TableOperation> operations = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("operation ")) {
        String[] head = lines.get(i).split(" ", -1);
        String input = lines.get(i + 1).strip();
        operations.add(
            new TableOperation(
                head[1],
                head[2],
                head[3],
                input.startsWith("input ")
                    ? structures.getOrDefault(input.substring("input ".length()), List.of())
                    : List.of()));
      }
    }
    return operations;
  }

  private static Field field(String[] words, List<String> structure) {
    Field field =
        new Field(
            words[0], structure.contains("payload=" + words[0]) ? Location.PAYLOAD : Location.BODY);
    for (int i = 2; i < words.length; i++) {
      String[] trait = words[i].split("=", 2);
      field =
          switch (trait[0]) {
            case "uri" -> new Field(trait[1], Location.LABEL);
            case "query" -> new Field(trait[1], Location.QUERY);
            case "header" -> new Field(trait[1], Location.HEADER);
            case "name" -> new Field(trait[1], field.location());
            default -> field;
          };
    }
    return field;
  }
}
