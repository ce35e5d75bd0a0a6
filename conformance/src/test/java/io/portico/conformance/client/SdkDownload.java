package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AWS's tools that write an SDK to a file. */
public enum SdkDownload {
  AWS_CLI {
    @Override
    Optional<List<String>> command(
        Endpoint endpoint, String api, String stage, String type, Map<String, String> parameters) {
      return Program.find("aws")
          .map(
              aws -> {
                List<String> command =
                    new ArrayList<>(
                        List.of(
                            aws.toString(),
                            "--endpoint-url",
                            endpoint.uri().toString(),
                            "--output",
                            "json",
                            "apigateway",
                            "get-sdk",
                            "--rest-api-id",
                            api,
                            "--stage-name",
                            stage,
                            "--sdk-type",
                            type));
                if (!parameters.isEmpty()) {
                  command.add("--parameters");
                  command.add(
                      parameters.entrySet().stream()
                          .map(entry -> entry.getKey() + "=" + entry.getValue())
                          .collect(Collectors.joining(",")));
                }
                return command;
              });
    }
  },
  BOTO3 {
    @Override
    Optional<List<String>> command(
        Endpoint endpoint, String api, String stage, String type, Map<String, String> parameters) {
      String input =
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of(
                      "restApiId", api,
                      "stageName", stage,
                      "sdkType", type,
                      "parameters", parameters));
      return Boto3.python()
          .map(
              python ->
                  List.of(
                      python.toString(), "-B", Boto3.SCRIPTS.resolve("sdk.py").toString(), input));
    }
  };

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What the tool said of the answer's headers. */
  public record Answer(Path sdk, String contentType, String contentDisposition) {}

  /** The command but for the file that it writes; empty where the tool is not installed. */
  abstract Optional<List<String>> command(
      Endpoint endpoint, String api, String stage, String type, Map<String, String> parameters);

  /**
   * Downloads an SDK and unpacks it into a new folder below {@code folder}; empty where the tool is
   * not installed.
   */
  public Optional<Answer> get(
      Endpoint endpoint,
      Path folder,
      String api,
      String stage,
      String type,
      Map<String, String> parameters) {
    Path zip = folder.resolve(name() + ".zip");
    return command(endpoint, api, stage, type, parameters)
        .map(
            command -> {
              List<String> whole = new ArrayList<>(command);
              whole.add(zip.toString());
              Program.Outcome outcome = Program.run(folder, endpoint.environment(), LIMIT, whole);
              if (!outcome.succeeded()) {
                throw new AssertionError(outcome.toString());
              }
              JsonNode said = JsonMapper.shared().readTree(outcome.out());
              return new Answer(
                  unpacked(zip, folder.resolve(name())),
                  said.path("contentType").asString(),
                  said.path("contentDisposition").asString());
            });
  }

  private static Path unpacked(Path zip, Path folder) {
    try (ZipInputStream stream = new ZipInputStream(Files.newInputStream(zip))) {
      ZipEntry entry = stream.getNextEntry();
      while (entry != null) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new AssertionError(entry.getName() + " leaves the folder");
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(stream, file);
        entry = stream.getNextEntry();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
