package io.portico.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.conformance.process.Needed;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CLI that is kept loaded says what one says that starts for each call. */
@Portico
final class CommandLineTest {
  private static final List<List<String>> CALLS =
      List.of(
          List.of("--version"),
          List.of("apigateway", "get-account"),
          List.of("--output", "table", "apigateway", "get-sdk-types"),
          List.of("--output", "text", "apigateway", "get-sdk-types", "--query", "items[].id"),
          List.of("apigateway", "get-rest-api", "--rest-api-id", "none"),
          List.of("iam", "list-roles", "--path-prefix", "/none/"),
          List.of("apigateway", "get-rest-apis", "--limit", "many"));

  @Test
  void eachCallIsLikeAProcess(Endpoint endpoint, @TempDir Path folder) throws IOException {
    CommandLine.Processes processes =
        new CommandLine.Processes(Needed.program("aws"), endpoint, folder);
    Optional<Path> python = CommandLine.Warm.python(processes);
    assumeTrue(python.isPresent(), "the AWS CLI (aws) is no program of a Python");

    try (CommandLine warm = CommandLine.Warm.start(python.orElseThrow(), endpoint, folder)) {
      for (List<String> call : CALLS) {
        assertThat(warm.run(call)).as("%s", call).isEqualTo(processes.run(call));
      }
    }
  }
}
