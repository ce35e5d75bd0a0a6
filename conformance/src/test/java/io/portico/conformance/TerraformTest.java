package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Terraform's AWS provider makes an API and a role, finds nothing to change afterwards, and takes
 * them away.
 */
@Portico
final class TerraformTest {
  private static final Path CONFIGURATION = Path.of("src/test/terraform/main.tf");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Names a folder that holds the AWS provider as a filesystem mirror. */
  private static final String MIRROR_VARIABLE = "PORTICO_TEST_TF_MIRROR";

  @TempDir Path folder;

  @Test
  void appliesWithoutDriftAndDestroys(Endpoint endpoint) throws IOException {
    Path terraform =
        Program.find("terraform").orElseThrow(() -> notRun("terraform is not installed"));
    Path mirror =
        mirror()
            .orElseThrow(
                () ->
                    notRun(
                        "no mirror of Terraform's AWS provider; "
                            + MIRROR_VARIABLE
                            + " names one"));
    Files.copy(CONFIGURATION, folder.resolve("main.tf"));
    Map<String, String> environment = new HashMap<>(endpoint.environment());
    environment.put("TF_CLI_CONFIG_FILE", cliConfiguration(mirror).toString());
    environment.put("TF_VAR_endpoint", endpoint.uri().toString());
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.remove("AWS_ENDPOINT_URL");

    Runner run = new Runner(terraform, folder, environment);
    run.succeed("init", "-no-color");
    run.succeed("apply", "-no-color", "-auto-approve");
    String api = run.succeed("output", "-raw", "api").out().strip();
    String answer = Caller.get(endpoint.pathForm(api, "prod", "/7")).body();
    String key = run.succeed("output", "-raw", "key").out().strip();
    int withKey = put(endpoint, api, key);
    int withoutKey = put(endpoint, api, "no-key-of-any-plan-here");
    String account = run.succeed("output", "-raw", "account").out().strip();
    String role = run.succeed("output", "-raw", "role").out().strip();
    Outcome plan = run.outcome("plan", "-no-color", "-detailed-exitcode");
    run.succeed("destroy", "-no-color", "-auto-approve");

    assertThat(answer).isEqualTo("{\"pet\": \"7\", \"size\": \"small\"}");
    assertThat(List.of(withKey, withoutKey)).containsExactly(200, 403);
    assertThat(account).isEqualTo(Endpoint.ACCOUNT);
    assertThat(role).isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":role/terraformed/worker");
    assertThat(plan.exit()).as("0: nothing to change; 2: drift%n%s", plan).isZero();
    assertThat(Caller.get(endpoint.pathForm(api, "prod", "/7")).statusCode()).isEqualTo(403);
  }

  private static int put(Endpoint endpoint, String api, String key) {
    return Caller.send(
            HttpRequest.newBuilder(endpoint.pathForm(api, "prod", "/7"))
                .header("x-api-key", key)
                .PUT(BodyPublishers.noBody()))
        .statusCode();
  }

  private record Runner(Path terraform, Path folder, Map<String, String> environment) {
    Outcome succeed(String... arguments) {
      Outcome outcome = outcome(arguments);
      assertThat(outcome.exit()).as("terraform %s%n%s", List.of(arguments), outcome).isZero();
      return outcome;
    }

    Outcome outcome(String... arguments) {
      List<String> command = new ArrayList<>(List.of(terraform.toString()));
      command.addAll(List.of(arguments));
      return Program.run(folder, environment, LIMIT, command);
    }
  }

  /** Where a mirror may be: what the variable names, then the usual places. */
  private static Optional<Path> mirror() throws IOException {
    List<Path> places =
        Stream.of(
                Optional.ofNullable(System.getenv(MIRROR_VARIABLE)),
                Optional.of("/opt/tf-plugins"),
                Optional.of(System.getProperty("user.home") + "/.terraform.d/plugins"))
            .flatMap(Optional::stream)
            .map(Path::of)
            .filter(Files::isDirectory)
            .toList();
    for (Path place : places) {
      try (Stream<Path> files =
          Files.find(place, 3, (path, kind) -> path.endsWith("hashicorp/aws"))) {
        if (files.findFirst().isPresent()) {
          return Optional.of(place);
        }
      }
    }
    return Optional.empty();
  }

  private Path cliConfiguration(Path mirror) throws IOException {
    return Files.writeString(
        folder.resolve("cli.tfrc"),
        """
        disable_checkpoint = true
        provider_installation {
          filesystem_mirror {
            path = "%s"
          }
        }
        """
            .formatted(mirror));
  }

  private static TestAbortedException notRun(String reason) {
    System.out.println("not run: " + reason);
    return new TestAbortedException(reason);
  }
}
