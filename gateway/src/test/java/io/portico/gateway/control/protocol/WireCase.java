package io.portico.gateway.control.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of one request and what becomes of it. It starts with {@code source:} and has sections:
 *
 * <pre>
 * --- request      method and target; header lines; after an empty line the body
 * --- input        the operation's name and the input it gets, as JSON
 * --- answer       status and error code; the JSON body
 * </pre>
 *
 * <p>A request is followed by either input or answer. {@code api:} names an API other than v1.
 */
record WireCase(String source, AwsApi api, Map<String, List<String>> sections) {

  static WireCase read(Path file) throws IOException {
    String source = "";
    AwsApi api = AwsApi.API_GATEWAY;
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> section = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("--- ")) {
        section = new ArrayList<>();
        sections.put(line.substring(4).strip(), section);
      } else if (!sections.isEmpty()) {
        section.add(line);
      } else if (line.startsWith("source: ")) {
        source = line.substring("source: ".length());
      } else if (line.startsWith("api: ")) {
        api = AwsApi.valueOf(line.substring("api: ".length()).strip());
      }
    }
    if (!source.matches("(recorded, facts |documented, |assumed).*")) {
      throw new IllegalStateException(file + " does not say its source");
    }
    if (!sections.containsKey("request")
        || sections.containsKey("input") == sections.containsKey("answer")) {
      throw new IllegalStateException(file + " needs a request, and either an input or an answer");
    }
    return new WireCase(source, api, sections);
  }

  List<String> section(String name) {
    return sections.getOrDefault(name, List.of());
  }
}
