package io.portico.gateway.control.protocol;

import io.portico.gateway.control.protocol.Member.Location;
import io.portico.gateway.control.protocol.Shape.Bounds;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an operation table; {@code tools/operation-tables/README.md} describes its lines. A table
 * is ours: a line that does not fit is a bug, and stops the reading with its number.
 */
final class OperationTable {
  private static final String ERROR_TEXT = "text=";
  private static final String ERROR_CODE = "code=";

  private final String file;
  private final BufferedReader lines;
  private final Map<String, List<String>> operationLines = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, ServiceModel.ErrorShape> errors = new HashMap<>();
  private final Map<String, String> heading = new HashMap<>();
  private int number;
  private @Nullable String next;

  OperationTable(String file, BufferedReader lines) {
    this.file = file;
    this.lines = lines;
  }

  ServiceModel read() throws IOException {
    advance();
    while (next != null) {
      readThing(next);
    }
    AwsApi api = AwsApi.ofTable(heading("service"));
    if (api == null) {
      throw fault("no such service: " + heading("service"));
    }
    Map<String, Operation> operations = new LinkedHashMap<>();
    operationLines.forEach((head, details) -> addOperation(operations, head, details));
    return new ServiceModel(
        api,
        heading("api-version"),
        heading("source"),
        Collections.unmodifiableMap(operations),
        Map.copyOf(shapes),
        Map.copyOf(errors));
  }

  private void readThing(String line) throws IOException {
    int blank = line.indexOf(' ');
    String kind = line.substring(0, Math.max(blank, 0));
    String rest = line.substring(blank + 1);
    advance();
    switch (kind) {
      case "#" -> {}
      case "service", "api-version", "source" -> heading.put(kind, rest);
      case "operation" -> operationLines.put(rest, details());
      case "error" -> addError(rest.split(" ", -1));
      default -> {
        Shape shape = shape(kind, rest);
        if (shapes.put(shape.name(), shape) != null) {
          throw fault("the shape " + shape.name() + " stands here twice");
        }
      }
    }
  }

  private void addError(String[] words) {
    String text = "message";
    String code = null;
    for (int i = 2; i < words.length; i++) {
      if (words[i].startsWith(ERROR_TEXT)) {
        text = words[i].substring(ERROR_TEXT.length());
      } else if (words[i].startsWith(ERROR_CODE)) {
        code = words[i].substring(ERROR_CODE.length());
      } else {
        throw fault("no such trait of an error: " + words[i]);
      }
    }
    errors.put(words[0], new ServiceModel.ErrorShape(Integer.parseInt(words[1]), text, code));
  }

  private Shape shape(String kind, String rest) throws IOException {
    if (kind.equals("structure")) {
      return structure(rest.split(" ", -1), details());
    }
    if (kind.equals("string")) {
      return text(rest, details());
    }
    String[] words = rest.split(" ", -1);
    String name = words[0];
    return switch (kind) {
      case "list" -> new Shape.ListOf(name, words[1], bounds(words, 2));
      case "map" -> new Shape.MapOf(name, words[1], words[2], bounds(words, 3));
      case "integer" -> new Shape.Numeric(name, Shape.Numeric.Kind.INTEGER, bounds(words, 1));
      case "long" -> new Shape.Numeric(name, Shape.Numeric.Kind.LONG, bounds(words, 1));
      case "double" -> new Shape.Numeric(name, Shape.Numeric.Kind.DOUBLE, bounds(words, 1));
      case "boolean" -> new Shape.Flag(name);
      case "blob" -> new Shape.Blob(name, bounds(words, 1));
      case "timestamp" -> new Shape.Timestamp(name, words.length > 1 && words[1].equals("iso8601"));
      default -> throw fault("no such kind of line: " + kind);
    };
  }

  private Shape text(String rest, List<String> values) {
    int at = rest.indexOf(" pattern=");
    String head = at < 0 ? rest : rest.substring(0, at);
    Shape.TextPattern pattern =
        at < 0 ? null : new Shape.TextPattern(rest.substring(at + " pattern=".length()));
    String[] words = head.split(" ", -1);
    return new Shape.Text(words[0], bounds(words, 1), pattern, List.copyOf(values));
  }

  private Shape.Structure structure(String[] head, List<String> lines) {
    String payload = null;
    boolean eventStream = false;
    for (int i = 1; i < head.length; i++) {
      if (head[i].startsWith("payload=")) {
        payload = head[i].substring("payload=".length());
      } else if (head[i].equals("eventstream")) {
        eventStream = true;
      } else {
        throw fault("no such trait of a structure: " + head[i]);
      }
    }
    List<Member> members = new ArrayList<>(lines.size());
    for (String line : lines) {
      members.add(member(line.split(" ", -1), payload));
    }
    return new Shape.Structure(head[0], withKeys(members), payload, eventStream);
  }

  private Member member(String[] words, @Nullable String payload) {
    String name = words[0];
    Location location = name.equals(payload) ? Location.PAYLOAD : Location.BODY;
    String wireName = name;
    boolean required = false;
    for (int i = 2; i < words.length; i++) {
      if (words[i].equals("required")) {
        required = true;
        continue;
      }
      int equals = words[i].indexOf('=');
      wireName = words[i].substring(equals + 1);
      location =
          switch (words[i].substring(0, Math.max(equals, 0))) {
            case "uri" -> Location.URI;
            case "query" -> Location.QUERY;
            case "header" -> Location.HEADER;
            case "status" -> Location.STATUS;
            case "name" -> location;
            default -> throw fault("no such trait of a member: " + words[i]);
          };
    }
    return new Member(name, words[1], location, wireName, name, required);
  }

  /**
   * A member of the JSON body goes by its wire name, unless that is the name of one bound elsewhere
   * (PutIntegration's {@code httpMethod} is the one of the path).
   */
  private static List<Member> withKeys(List<Member> members) {
    List<String> bound = members.stream().filter(m -> !m.inBody()).map(Member::name).toList();
    return members.stream()
        .map(
            m ->
                !m.inBody() || bound.contains(m.wireName())
                    ? m
                    : new Member(
                        m.name(),
                        m.shape(),
                        m.location(),
                        m.wireName(),
                        m.wireName(),
                        m.required()))
        .toList();
  }

  private void addOperation(Map<String, Operation> operations, String head, List<String> details) {
    String[] words = words(head, 4);
    Shape.Structure input = Shape.Structure.NONE;
    Shape.Structure output = Shape.Structure.NONE;
    List<String> errorNames = List.of();
    for (String detail : details) {
      String[] detailWords = detail.split(" ", -1);
      switch (detailWords[0]) {
        case "input" -> input = structure(detailWords[1]);
        case "output" -> output = structure(detailWords[1]);
        case "errors" ->
            errorNames = List.of(Arrays.copyOfRange(detailWords, 1, detailWords.length));
        default -> throw fault("no such detail of an operation: " + detail);
      }
    }
    String uri = words[2];
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    operations.put(
        words[0],
        new Operation(
            words[0],
            words[1],
            List.of(path.substring(1).split("/", -1)),
            question < 0 ? Map.of() : constantQuery(uri.substring(question + 1)),
            Integer.parseInt(words[3]),
            input,
            output,
            errorNames));
  }

  private static Map<String, String> constantQuery(String query) {
    Map<String, String> parts = new HashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      parts.put(
          equals < 0 ? part : part.substring(0, equals),
          equals < 0 ? "" : part.substring(equals + 1));
    }
    return Map.copyOf(parts);
  }

  private Shape.Structure structure(String name) {
    if (shapes.get(name) instanceof Shape.Structure structure) {
      return structure;
    }
    throw fault("no such structure: " + name);
  }

  private Bounds bounds(String[] words, int from) {
    BigDecimal min = null;
    BigDecimal max = null;
    for (int i = from; i < words.length; i++) {
      if (words[i].startsWith("min=")) {
        min = new BigDecimal(words[i].substring(4));
      } else if (words[i].startsWith("max=")) {
        max = new BigDecimal(words[i].substring(4));
      } else {
        throw fault("no such trait: " + words[i]);
      }
    }
    return min == null && max == null ? Bounds.NONE : new Bounds(min, max);
  }

  /** The indented lines that follow, without their indent. */
  private List<String> details() throws IOException {
    List<String> details = new ArrayList<>();
    while (next != null && next.startsWith("  ")) {
      details.add(next.substring(2));
      advance();
    }
    return details;
  }

  private String[] words(String line, int count) {
    String[] words = line.split(" ", -1);
    if (words.length != count) {
      throw fault(count + " words expected: " + line);
    }
    return words;
  }

  private String heading(String name) {
    String value = heading.get(name);
    if (value == null) {
      throw fault("the table has no " + name);
    }
    return value;
  }

  private void advance() throws IOException {
    next = lines.readLine();
    number++;
  }

  private IllegalStateException fault(String text) {
    return new IllegalStateException(file + ", before line " + number + ": " + text);
  }
}
