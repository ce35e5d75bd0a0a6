package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.conformance.client.AwsProgram;
import io.portico.conformance.counterparts.Counterparts;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example does what its README says, with the very commands that stand there. */
@Portico
final class ExamplesTest {
  private static final Path REPOSITORY =
      Path.of(System.getProperty("portico.repository", "..")).toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Pattern COMMANDS = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern RUN = Pattern.compile("^\\./portico (run \\S+)");
  private static final Pattern URL =
      Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_aws/execute-api/\\w+/[\\w-]+");

  static Stream<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(REPOSITORY.resolve("examples"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> "examples/" + folder.getFileName())
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void thereAreExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(4);
  }

  /** The commands that talk to a running gateway. */
  @ParameterizedTest
  @MethodSource("examples")
  void itComesUpAndItsCheckPasses(
      String example, Endpoint endpoint, AwsProgram aws, Counterparts services) throws IOException {
    Path _ = Needed.program("curl");

    List<String> commands =
        commands(example).filter(line -> !line.startsWith("./portico ")).toList();

    assertThat(commands)
        .anyMatch(line -> line.contains("up.sh"))
        .anyMatch(line -> line.contains("check.sh"));
    Map<String, String> environment =
        aws.environment(PorticoProcess.withJdk(endpoint.environment()));
    // For an example that has a gateway of its own.
    environment.put("PORTICO", PorticoProcess.launcher().toString());
    if (Files.exists(REPOSITORY.resolve(example).resolve("compose.yaml"))) {
      environment.putAll(services.variables());
    }
    for (String command : commands) {
      assertSucceeds(environment, command);
    }
  }

  /** The command that starts a gateway with the example in it, where there is one. */
  @ParameterizedTest
  @MethodSource("examples")
  void itRunsByItself(String example, AwsProgram aws) throws IOException {
    List<Matcher> runs = commands(example).map(RUN::matcher).filter(Matcher::find).toList();
    assumeTrue(!runs.isEmpty(), example + " has nothing to run by itself");
    Path _ = Needed.program("curl");
    boolean needsAws = Files.readString(REPOSITORY.resolve(example + "/check.sh")).contains("aws ");
    Map<String, String> environment = needsAws ? aws.environment(Map.of()) : Map.of();

    for (String command : preparations(example)) {
      assertSucceeds(environment, command);
    }
    String definition = REPOSITORY.resolve(example).toString();
    try (PorticoProcess server = PorticoProcess.start(Map.of(), "run", definition, "--port", "0")) {
      Matcher url = URL.matcher(server.awaitLine(line -> URL.matcher(line).find()));
      String curl = server.awaitLine(line -> line.strip().startsWith("curl "));

      assertThat(url.find()).isTrue();
      assertSucceeds(environment, example + "/check.sh " + url.group());
      assertSucceeds(Map.of(), curl.strip() + " --fail");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itsReadmeIsShort(String example) throws IOException {
    List<String> prose =
        Files.readString(REPOSITORY.resolve(example).resolve("README.md"))
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("```"))
            .toList();

    assertThat(prose).hasSizeLessThanOrEqualTo(6);
  }

  /** What stands before the command that starts a gateway. */
  private static List<String> preparations(String example) throws IOException {
    return commands(example).takeWhile(line -> !RUN.matcher(line).find()).toList();
  }

  private static Stream<String> commands(String example) throws IOException {
    String readme = Files.readString(REPOSITORY.resolve(example).resolve("README.md"));
    return COMMANDS
        .matcher(readme)
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .filter(line -> !line.isBlank());
  }

  private static void assertSucceeds(Map<String, String> environment, String command) {
    Outcome outcome = Program.run(REPOSITORY, environment, LIMIT, List.of("bash", "-c", command));

    assertThat(outcome.exit()).as("%s%n%s", command, outcome).isZero();
  }
}
