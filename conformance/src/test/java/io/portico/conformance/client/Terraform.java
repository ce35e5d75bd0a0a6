package io.portico.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.process.RunningProgram;
import io.portico.conformance.server.Endpoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Terraform with AWS's provider from a mirror on this machine, in a folder of its own. The provider
 * is started once and kept: by itself, Terraform starts it several times for each command, and
 * looks at the checksum of its hundreds of megabytes.
 */
public final class Terraform implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path STACKS = Path.of("src/test/terraform");

  /** What every stack has: the provider, and what changes from one apply to the next. */
  private static final String SHARED = "shared";

  /** Names a folder that holds the AWS provider as a filesystem mirror. */
  private static final String MIRROR_VARIABLE = "PORTICO_TEST_TF_MIRROR";

  /** What a provider says that is kept: where it is. */
  private static final String ATTACHED = "TF_REATTACH_PROVIDERS";

  private static final Pattern READY = Pattern.compile(ATTACHED + "='(.*)'");

  private final Path program;
  private final Path folder;
  private final Map<String, String> environment;
  private final RunningProgram provider;

  /** Of the stack as it was applied last, once somebody has asked. */
  private @Nullable JsonNode outputs;

  private Terraform(Path program, Path folder, Map<String, String> environment) throws IOException {
    this.program = program;
    this.folder = folder;
    this.environment = environment;
    succeed("init", "-no-color");
    this.provider = startProvider();
    environment.put(ATTACHED, provider.said());
  }

  /** Starts what Terraform has installed, as its developers do for a debugger. */
  private RunningProgram startProvider() throws IOException {
    try (Stream<Path> files =
        Files.find(
            folder.resolve(".terraform/providers"),
            6,
            (file, kind) -> file.getFileName().toString().startsWith("terraform-provider-aws"),
            FileVisitOption.FOLLOW_LINKS)) {
      Path file = files.findFirst().orElseThrow();
      ProcessBuilder builder =
          new ProcessBuilder(file.toString(), "-debug").directory(folder.toFile());
      Map<String, String> own = new HashMap<>(environment);
      own.put("TMPDIR", folder.toString());
      Program.surround(builder, own);
      return RunningProgram.start(builder, READY);
    }
  }

  /**
   * Terraform for a stack, with its plug-ins there.
   *
   * @param stack the name of the folder that has its configuration
   * @param folder where it runs, and where its configuration is copied to
   * @param account whose everything is that Terraform makes
   */
  public static Terraform of(String stack, Path folder, Endpoint endpoint, Account account)
      throws IOException {
    Path program = Needed.program("terraform");
    Path mirror =
        Needed.found(
            mirror(), "a mirror of Terraform's AWS provider (" + MIRROR_VARIABLE + " names one)");
    copy(SHARED, folder);
    copy(stack, folder);
    Map<String, String> environment = new HashMap<>(endpoint.environment());
    environment.put("TF_CLI_CONFIG_FILE", cliConfiguration(folder, mirror).toString());
    environment.put("TF_VAR_endpoint", endpoint.uri().toString());
    environment.put("TF_VAR_account", account.id());
    environment.put("CHECKPOINT_DISABLE", "1");
    // Of the provider's time a third would be spent on garbage of a process that soon ends.
    environment.put("GOGC", "400");
    environment.remove("AWS_ENDPOINT_URL");
    return new Terraform(program, folder, environment);
  }

  private static void copy(String from, Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(STACKS.resolve(from), "*.tf")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  /**
   * The value of a variable from now on.
   *
   * @param value a text, or JSON for anything else
   */
  public void set(String variable, String value) {
    environment.put("TF_VAR_" + variable, value);
  }

  /** What it tells last: how many resources were made, changed and so on. */
  public String apply() {
    outputs = null;
    String told = succeed("apply", "-no-color", "-auto-approve").out();
    return told.lines().filter(line -> line.startsWith("Apply complete!")).findAny().orElse(told);
  }

  /** Without looking again at what a plan has just looked at. */
  public void destroy() {
    succeed("destroy", "-no-color", "-auto-approve", "-refresh=false");
  }

  public String output(String name) {
    JsonNode known = outputs;
    if (known == null) {
      known = JsonMapper.shared().readTree(succeed("output", "-json").out());
      outputs = known;
    }
    JsonNode value = known.path(name).path("value");
    assertThat(value.isString()).as("output %s of %s", name, known).isTrue();
    return value.asString();
  }

  /** Exit status 0: nothing to change; 2: drift. */
  public Outcome plan() {
    return outcome("plan", "-no-color", "-detailed-exitcode");
  }

  private Outcome succeed(String... arguments) {
    Outcome outcome = outcome(arguments);
    assertThat(outcome.exit()).as("terraform %s%n%s", List.of(arguments), outcome).isZero();
    return outcome;
  }

  private Outcome outcome(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return Program.run(folder, environment, LIMIT, command);
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

  @Override
  public void close() {
    provider.close();
  }

  private static Path cliConfiguration(Path folder, Path mirror) throws IOException {
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
}
