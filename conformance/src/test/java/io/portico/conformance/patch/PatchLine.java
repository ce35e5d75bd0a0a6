package io.portico.conformance.patch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code patch/operations.txt}: one change, and what comes of it. The file's head says
 * how it is written.
 *
 * @param operation such as {@code UpdateStage}
 * @param target which of the operation's targets, where it has several; else empty
 * @param path with {@code {name=value}} where the documented path has {@code {name}}
 * @param value what is sent, or null for none; for a copy or move, {@code from} and where from
 * @param answer the expected part of the reply, or empty where the change is refused
 * @param exception the refusal's class, or null where there is none
 * @param text the refusal's text, or empty where there is none
 */
record PatchLine(
    int number,
    String operation,
    String target,
    String op,
    String path,
    @Nullable String value,
    String answer,
    @Nullable String exception,
    String text) {
  private static final String FILE = "/patch/operations.txt";
  private static final String FROM = "from ";
  private static final Pattern FILLED = Pattern.compile("\\{([\\w:+]+)=(.*?)}(?=/|$)");
  private static final Pattern LET = Pattern.compile("let (\\w+) = (.*)");
  private static final Pattern HEADING = Pattern.compile("## (\\w+)(?: (\\w+))?");
  private static final Pattern LINE =
      Pattern.compile("(\\w+) *\\| (/\\S*) \\|(?: (.*?))? \\| (?:(\\{.*})|(\\w+) (\".*\"))");

  /** All lines, in the order of the file. */
  static List<PatchLine> all() {
    List<PatchLine> lines = new ArrayList<>();
    Map<String, String> texts = new HashMap<>();
    String operation = "";
    String target = "";
    int number = 0;
    for (String text : read().lines().toList()) {
      number++;
      Matcher let = LET.matcher(text);
      Matcher heading = HEADING.matcher(text);
      Matcher line = LINE.matcher(text);
      if (let.matches()) {
        texts.put(let.group(1), unquoted(let.group(2)));
      } else if (heading.matches()) {
        operation = heading.group(1);
        target = Objects.requireNonNullElse(heading.group(2), "");
      } else if (line.matches()) {
        lines.add(
            new PatchLine(
                number,
                operation,
                target,
                line.group(1),
                line.group(2),
                value(line.group(3)),
                Objects.requireNonNullElse(line.group(4), ""),
                line.group(5),
                line.group(6) == null ? "" : filled(unquoted(line.group(6)), texts)));
      } else if (!text.isBlank() && !text.startsWith("# ") && !text.equals("#")) {
        throw new AssertionError(FILE + ":" + number + " is not understood: " + text);
      }
    }
    return lines;
  }

  private static String read() {
    try (InputStream in = PatchLine.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String value(@Nullable String written) {
    return written == null || written.isEmpty() ? null : unquoted(written);
  }

  private static String unquoted(String written) {
    return written.startsWith("\"") ? JsonMapper.shared().readTree(written).asString() : written;
  }

  /** The text with every {@code <name>} that {@code values} has in its place. */
  static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("<" + value.getKey() + ">", value.getValue());
    }
    return filled;
  }

  boolean refused() {
    return exception != null;
  }

  /** The path as the documentation has it. */
  String documentedPath() {
    return FILLED.matcher(path).replaceAll("{$1}");
  }

  /** Operation, op and path as the documentation has them. */
  DocumentedOp documented() {
    return new DocumentedOp(operation, op, documentedPath());
  }

  /** The change as a client sends it. */
  Map<String, String> sent(Map<String, String> ids) {
    Map<String, String> sent = new HashMap<>();
    sent.put("op", op);
    sent.put("path", filled(FILLED.matcher(path).replaceAll("$2"), ids));
    if (value != null && value.startsWith(FROM)) {
      sent.put("from", value.substring(FROM.length()));
    } else if (value != null) {
      sent.put("value", filled(value, ids));
    }
    return sent;
  }

  @Override
  public String toString() {
    return "%d: %s %s %s".formatted(number, operation, op, path);
  }
}
