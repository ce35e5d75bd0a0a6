package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a process finds around it, as AWS was recorded (facts INV-15, INV-16). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessSurroundingsTest {
  private static final String CODE =
      """
      const fs = require('fs');
      const path = require('path');

      exports.handler = async event => {
        switch (event.do) {
          case 'environment': return process.env;
          case 'program': return path.dirname(process.execPath);
          case 'limits': return fs.readFileSync('/proc/self/limits', 'utf8');
          case 'folder': return process.cwd();
        }
      };
      """;

  /** Those of INV-15 that have a value here. */
  private static final Set<String> OF_AWS =
      Set.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_RUNTIME_API",
          "AWS_XRAY_CONTEXT_MISSING",
          "_X_AMZN_TRACE_ID",
          "_HANDLER",
          "LAMBDA_RUNTIME_DIR",
          "LAMBDA_TASK_ROOT",
          "LANG",
          "LD_LIBRARY_PATH",
          "NODE_PATH",
          "PATH",
          "TZ");

  /**
   * Its own, those that a shell may set, and those that stand for a place or a setting of AWS's.
   */
  private static final Set<String> OTHERS =
      Set.of(
          "OWN",
          "PWD",
          "OLDPWD",
          "SHLVL",
          "_",
          "TMPDIR",
          "AWS_LAMBDA_LOG_FORMAT",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN");

  private final RunningHost host = RunningHost.start(1);

  @BeforeAll
  void create() {
    ObjectNode creation =
        creation("looks", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 10);
    creation.putObject("Environment").putObject("Variables").put("OWN", "variable");
    host.create(creation);
  }

  @AfterAll
  void end() {
    host.close();
  }

  private JsonNode result(String what) {
    return host.invoke("looks", "{\"do\": \"" + what + "\"}").json();
  }

  /** INV-15. */
  @Test
  void theVariablesAreThoseOfAwsAndNoOthers() {
    JsonNode variables = result("environment");

    List<String> names = variables.propertyStream().map(Map.Entry::getKey).toList();
    assertThat(names).containsAll(OF_AWS);
    assertThat(names).allMatch(name -> OF_AWS.contains(name) || OTHERS.contains(name));
    assertThat(variables.path("LANG").asString()).isEqualTo("en_US.UTF-8");
    assertThat(variables.path("TZ").asString()).isEqualTo(":UTC");
    assertThat(variables.path("AWS_LAMBDA_INITIALIZATION_TYPE").asString()).isEqualTo("on-demand");
    assertThat(variables.path("AWS_XRAY_CONTEXT_MISSING").asString()).isEqualTo("LOG_ERROR");
    assertThat(variables.path("AWS_LAMBDA_FUNCTION_VERSION").asString()).isEqualTo("$LATEST");
    assertThat(variables.path("LAMBDA_TASK_ROOT")).isEqualTo(result("folder"));
  }

  /** INV-15. */
  @Test
  void theInterpreterIsTheFirstThatThePathFinds() {
    String[] path = result("environment").path("PATH").asString().split(":", -1);

    assertThat(path[0]).isEqualTo(result("program").asString());
    assertThat(path).contains("/usr/local/bin", "/usr/bin", "/bin").doesNotHaveDuplicates();
  }

  /** INV-16: what is lower on this machine stays. */
  @Test
  void theLimitsAreThoseOfAws() throws IOException {
    List<String> limits = result("limits").asString().lines().toList();
    List<String> own = Files.readAllLines(Path.of("/proc/self/limits"));

    assertThat(soft(limits, "Max open files")).isEqualTo(least(own, "Max open files", 1024));
    assertThat(soft(limits, "Max stack size")).isEqualTo(least(own, "Max stack size", 8_388_608));
    assertThat(soft(limits, "Max locked memory"))
        .isEqualTo(least(own, "Max locked memory", 65_536));
    assertThat(soft(limits, "Max core file size")).isZero();
  }

  private static long least(List<String> own, String name, long ofAws) {
    return Math.min(value(own, name, 1), ofAws);
  }

  private static long soft(List<String> limits, String name) {
    return value(limits, name, 0);
  }

  private static long value(List<String> limits, String name, int column) {
    String line = limits.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
    String value =
        Stream.of(line.substring(name.length()).strip().split("\\s+")).toList().get(column);
    return value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value);
  }
}
