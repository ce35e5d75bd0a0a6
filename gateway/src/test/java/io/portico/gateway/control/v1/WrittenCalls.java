package io.portico.gateway.control.v1;

import io.portico.gateway.control.ServedApi;
import io.portico.gateway.control.WalkedApi.Call;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of API Gateway as they are written in {@code hostile/*.calls}: those that make what is
 * there, those that succeed then, and those that are refused.
 */
final class WrittenCalls {
  private static final String MADE = " => ";

  private final List<String> begin = new ArrayList<>();
  private final List<String> honest = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final Map<String, String> values = new TreeMap<>();

  /** Those of a file, by its name without its ending. */
  static WrittenCalls of(String name) throws IOException {
    String resource = "/hostile/" + name + ".calls";
    try (InputStream in =
        Objects.requireNonNull(WrittenCalls.class.getResourceAsStream(resource), resource)) {
      return new WrittenCalls(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private WrittenCalls(String text) {
    List<String> section = begin;
    for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
      switch (line) {
        case "--- honest" -> section = honest;
        case "--- refused" -> section = refused;
        default -> {
          if (!line.startsWith("#")) {
            section.add(line);
          }
        }
      }
    }
  }

  /** From now on, a name stands for this. */
  void know(String name, String value) {
    values.put(name, value);
  }

  /** What a name stands for. */
  String known(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** Makes what is there, and learns the names of it. */
  void begin(ServedApi api) throws IOException {
    for (String line : begin) {
      int end = line.lastIndexOf(MADE);
      Call call = call(end < 0 ? line : line.substring(0, end));
      String answer = api.begin(call.operation(), call.input());
      for (String name :
          end < 0 ? new String[0] : line.substring(end + MADE.length()).split(", ", -1)) {
        String[] named = name.split("=", 2);
        know(named[0], Json.parse(answer).get(named[1]).asString());
      }
    }
  }

  List<Call> honest() {
    return honest.stream().map(this::call).toList();
  }

  List<Call> refused() {
    return refused.stream().map(this::call).toList();
  }

  /** Those that succeed, as they are written. */
  List<String> written() {
    return honest;
  }

  /** The operations that are called once all is there. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (List<String> lines : List.of(honest, refused)) {
      lines.forEach(line -> operations.add(line.substring(0, line.indexOf(' '))));
    }
    return operations;
  }

  /** A call with what its names stand for. */
  Call call(String line) {
    String filled = line;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("<" + value.getKey() + ">", value.getValue());
    }
    int space = filled.indexOf(' ');
    return new Call(
        filled.substring(0, space), (ObjectNode) Yaml.parse(filled.substring(space + 1)));
  }
}
