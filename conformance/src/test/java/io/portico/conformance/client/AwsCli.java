package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The AWS CLI, version 1 or 2, one process a call. */
public final class AwsCli implements AwsClient, Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern ERROR =
      Pattern.compile(
          "An error occurred \\((.+?)\\) when calling the \\w+ operation(?: \\(.*?\\))?: (.*)",
          Pattern.DOTALL);

  /** Members that the CLI reads from a file or writes to one. */
  private static final String BLOB = "body";

  /** Operations whose member of that name is a text. */
  private static final Set<String> TEXT_BODIES = Set.of("TestInvokeMethod");

  private final Path program;
  private final Endpoint endpoint;
  private final Path folder;

  private AwsCli(Path program, Endpoint endpoint, Path folder) {
    this.program = program;
    this.endpoint = endpoint;
    this.folder = folder;
  }

  public static Optional<AwsCli> installed(Endpoint endpoint) {
    return Program.find("aws")
        .map(
            program -> {
              try {
                return new AwsCli(program, endpoint, Files.createTempDirectory("portico-cli"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public JsonNode call(String operation, Map<String, ?> input) {
    Path written = folder.resolve("written");
    Map<String, Object> members = new LinkedHashMap<>(input);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--endpoint-url",
                endpoint.uri().toString(),
                "--output",
                "json",
                "--no-paginate",
                "apigateway",
                dashed(operation)));
    if (!TEXT_BODIES.contains(operation) && members.remove(BLOB) instanceof String blob) {
      command.addAll(List.of("--body", "fileb://" + write("read", blob)));
    }
    boolean writesFile = operation.equals("GetExport");
    if (writesFile) {
      // Where the CLI writes a file, it takes the other members from options only.
      members.forEach((name, value) -> command.addAll(option(name, value)));
      command.add(written.toString());
    } else {
      command.addAll(
          List.of(
              "--cli-input-json", "file://" + write("input", JSON.writeValueAsString(members))));
    }
    Program.Outcome outcome = Program.run(folder, endpoint.environment(), LIMIT, command);
    if (!outcome.succeeded()) {
      throw failure(outcome);
    }
    JsonNode result =
        outcome.out().isBlank() ? JSON.createObjectNode() : JSON.readTree(outcome.out());
    if (writesFile) {
      ((ObjectNode) result).put(BLOB, read(written));
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    for (String file : List.of("read", "written", "input")) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.delete(folder);
  }

  private static AwsFailure failure(Program.Outcome outcome) {
    Matcher error = ERROR.matcher(outcome.err());
    if (!error.find()) {
      throw new AssertionError("the CLI failed by itself: " + outcome);
    }
    return new AwsFailure(error.group(1), error.group(1), 0, error.group(2).strip());
  }

  private static List<String> option(String name, Object value) {
    String text = value instanceof String plain ? plain : JSON.writeValueAsString(value);
    return List.of("--" + dashed(name), text);
  }

  /** {@code GetRestApis} → {@code get-rest-apis}, as the CLI names its commands. */
  private static String dashed(String operation) {
    return operation.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
