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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/monitoring.md} tells to call is answered. */
@Portico
final class MonitoringPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("portico.repository", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("docs/monitoring.md");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern BLOCK =
      Pattern.compile("```sh\\n(aws cloudwatch .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void itsCallsOfCloudWatchAreAnswered(Endpoint endpoint) throws IOException {
    Path _ = Needed.program("aws");
    String calls =
        BLOCK
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.joining("\n"));
    Map<String, String> environment = new HashMap<>(endpoint.environment());
    environment.put("AWS_ENDPOINT_URL", endpoint.uri().toString());

    Outcome outcome = Program.run(folder, environment, LIMIT, List.of("bash", "-euc", calls));

    assertThat(outcome.exit()).as("%s%n%s", calls, outcome).isZero();
    assertThat(outcome.out()).contains("\"MetricDataResults\"", "\"Datapoints\"");
  }
}
