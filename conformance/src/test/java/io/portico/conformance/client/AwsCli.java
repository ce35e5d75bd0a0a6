package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The AWS CLI, version 1 or 2. */
final class AwsCli implements AwsClient, Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern ERROR =
      Pattern.compile(
          "An error occurred \\((.+?)\\) when calling the \\w+ operation(?: \\(.*?\\))?: (.*)",
          Pattern.DOTALL);

  private final CommandLine commandLine;
  private final Path folder;

  AwsCli(CommandLine commandLine, Path folder) {
    this.commandLine = commandLine;
    this.folder = folder;
  }

  static Optional<AwsCli> installed(Endpoint endpoint) {
    try {
      Path folder = Files.createTempDirectory("portico-cli");
      return CommandLine.installed(endpoint, folder)
          .map(commandLine -> new AwsCli(commandLine, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonNode call(AwsService service, String operation, Map<String, ?> input) {
    Path written = folder.resolve("written");
    Map<String, Object> members = new LinkedHashMap<>(input);
    List<String> arguments =
        new ArrayList<>(
            List.of("--output", "json", "--no-paginate", service.command(), dashed(operation)));
    for (String name : Blobs.givenTo(operation)) {
      if (members.remove(name) instanceof String blob) {
        arguments.addAll(List.of("--" + dashed(name), "fileb://" + write(name, blob)));
      }
    }
    boolean writesFile = Blobs.returnedBy(operation);
    if (writesFile) {
      // Where the CLI writes a file, it takes the other members from options only.
      members.forEach((name, value) -> arguments.addAll(option(name, value)));
      arguments.add(written.toString());
    } else {
      arguments.addAll(
          List.of(
              "--cli-input-json", "file://" + write("input", JSON.writeValueAsString(members))));
    }
    Program.Outcome outcome = commandLine.run(arguments);
    if (!outcome.succeeded()) {
      throw failure(outcome);
    }
    JsonNode result =
        outcome.out().isBlank() ? JSON.createObjectNode() : JSON.readTree(outcome.out());
    if (writesFile) {
      ((ObjectNode) result).put("body", Blobs.text(operation, read(written)));
    }
    return result;
  }

  @Override
  public void close() throws IOException {
    commandLine.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
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

  /** {@code ListMFADevices} → {@code list-mfa-devices}, as the CLI names its commands. */
  private static String dashed(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
