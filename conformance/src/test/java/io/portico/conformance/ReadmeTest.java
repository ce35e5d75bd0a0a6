package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** What the README tells a newcomer to paste does what it says. */
@Portico
final class ReadmeTest {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("portico.repository", "..")).toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  /**
   * All that the tests put in stands for what a newcomer sees on the screen: port, id and stage.
   */
  @Test
  void itsCallsReachTheGatewayOfItsFirstCommand(Endpoint endpoint, ApiGatewayClient client)
      throws IOException {
    Path _ = Needed.program("aws");
    Path _ = Needed.program("curl");
    SdkBytes definition =
        SdkBytes.fromByteArray(
            Files.readAllBytes(REPOSITORY.resolve("examples/01-petstore/openapi.yaml")));
    String api = client.importRestApi(r -> r.body(definition)).id();
    client.createDeployment(r -> r.restApiId(api).stageName("prod"));

    String calls =
        block("aws ")
            .replace("127.0.0.1:4566", "127.0.0.1:" + endpoint.port())
            .replace("localhost:4566", "localhost:" + endpoint.port())
            .replace("<api id>", api)
            .replace("<stage>", "prod");
    // No settings but those that are pasted: a newcomer's machine has none.
    Outcome outcome =
        Program.run(
            REPOSITORY,
            Map.of("AWS_CONFIG_FILE", "/dev/null", "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            LIMIT,
            List.of("bash", "-euc", calls));

    assertThat(outcome.exit()).as("%s%n%s", calls, outcome).isZero();
    assertThat(outcome.out()).contains("\"id\": \"" + api + "\"");
    assertThat(Pattern.compile("\"type\": \"dog\"").matcher(outcome.out()).results()).hasSize(4);
  }

  @Test
  void itsFirstCommandNamesWhatIsThere() throws IOException {
    List<String> named =
        Pattern.compile("^\\./portico run (\\S+)", Pattern.MULTILINE)
            .matcher(block("./portico run"))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();

    assertThat(named).isNotEmpty().allSatisfy(it -> assertThat(REPOSITORY.resolve(it)).exists());
  }

  /** The block of commands that has {@code word} in it. */
  private static String block(String word) throws IOException {
    return BLOCK
        .matcher(Files.readString(REPOSITORY.resolve("README.md")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .filter(text -> text.contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the README shows no " + word));
  }
}
