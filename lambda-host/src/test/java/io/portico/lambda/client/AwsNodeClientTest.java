package io.portico.lambda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.gateway.json.Json;
import io.portico.lambda.Events;
import io.portico.lambda.Events.Event;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS's runtime interface client for Node.js ({@code aws-lambda-ric}), as npm installs it: in the
 * folder of a function of {@code provided.al2023} whose {@code bootstrap} starts it.
 *
 * <p>Needs Node.js from 20 on and npm, and to compile the client's native part cmake, make, a C++
 * compiler, xz and the headers of Node.js: beside it ({@code include/node}), as its own packages
 * have them, else node-gyp downloads them.
 */
final class AwsNodeClientTest extends RuntimeClientContract {
  private static final List<String> TOOLS = List.of("node", "npm", "cmake", "make", "c++", "xz");
  private static final int LEAST_NODE = 20;

  /** One of them is there where programs are linked with glibc, of 64 bits. */
  private static final List<Path> GLIBC_LOADERS =
      List.of(Path.of("/lib64/ld-linux-x86-64.so.2"), Path.of("/lib/ld-linux-aarch64.so.1"));

  private Path folder = Path.of("");
  private Path program = Path.of("");

  @Override
  void prepare() {
    for (String tool : TOOLS) {
      assumeTrue(Installation.find(tool).isPresent(), "aws-lambda-ric needs " + tool);
    }
    List<String> node =
        Installation.said("node", "-p", "process.versions.node + '\\n' + process.execPath");
    int version = Integer.parseInt(node.getFirst().replaceFirst("\\..*", ""));
    assumeTrue(version >= LEAST_NODE, "aws-lambda-ric needs Node.js 20 or newer, not " + version);
    program = Path.of(node.get(1));
    Installation.Result result =
        new Installation("nodejs")
            .install(
                "package-lock.json",
                compiler(program),
                List.of("npm", "ci", "--no-audit", "--no-fund", "--foreground-scripts"));
    folder =
        switch (result) {
          case Installation.Result.Installed installed -> installed.folder();
          case Installation.Result.Failed failed -> {
            // Where everything is checked, a client that is not under test is a failure.
            assertThat(System.getenv("CI")).as("%s", failed.reason()).isNull();
            yield failed.skip("aws-lambda-ric");
          }
        };
  }

  /**
   * So that npm compiles without a download of the headers, and quickly rather than well; and
   * curl's configure, which takes longer than all compiling, need not find out what is known.
   */
  private static Map<String, String> compiler(Path node) {
    Map<String, String> environment =
        new HashMap<>(Map.of("CFLAGS", "-O0", "CXXFLAGS", "-O0", "MAKEFLAGS", "-j2"));
    Path prefix = node.resolveSibling("..").normalize();
    if (Files.exists(prefix.resolve("include/node/node_api.h"))) {
      environment.put("npm_config_nodedir", prefix.toString());
    }
    if (GLIBC_LOADERS.stream().anyMatch(Files::exists)) {
      environment.put(
          "CONFIG_SITE",
          Path.of("src/test/clients/nodejs/linux-glibc-64.site").toAbsolutePath().toString());
    }
    return environment;
  }

  @Override
  ObjectNode function(String name, String module) {
    return inFolder(name, module, folder, program);
  }

  /**
   * One that runs from a folder.
   *
   * @param program that its bootstrap finds first
   */
  static ObjectNode inFolder(String name, String module, Path folder, Path program) {
    ObjectNode function =
        RunningHost.creation(name, "provided.al2023", module + ".handler", new byte[0]);
    function.putObject("Code").put("S3Bucket", "_portico").put("S3Key", folder.toString());
    function
        .putObject("Environment")
        .putObject("Variables")
        .put("PATH", program.resolveSibling("") + ":/usr/local/bin:/usr/bin:/bin");
    return function;
  }

  @Override
  String stack() {
    return "trace";
  }

  @Override
  String typeOfBroken() {
    return "RangeError";
  }

  private InputStream begin(String event) {
    return host.begin(
            "POST",
            "/2021-11-15/functions/streamed/response-streaming-invocations",
            event.getBytes(StandardCharsets.UTF_8))
        .body();
  }

  private List<Event> streamed(String event) throws IOException {
    List<Event> all = new ArrayList<>();
    try (InputStream body = begin(event)) {
      Events events = new Events(body);
      for (Event next = events.next(); next != null; next = events.next()) {
        all.add(next);
      }
    }
    return all;
  }

  @Test
  void aStreamComesByPiecesAndEndsWithItsError(@TempDir Path temporary) throws IOException {
    host.create(function("streamed", "streamed").put("Timeout", 20).put("MemorySize", 512));

    Path file = temporary.resolve("go");
    try (InputStream body = begin("{\"path\": \"" + file + "\"}")) {
      Events events = new Events(body);
      assertThat(events.expect().text()).isEqualTo("first");
      Files.writeString(file, "go");
      assertThat(events.expect().text()).isEqualTo("second");
      assertThat(events.expect().text()).isEqualTo("{}");
      assertThat(events.next()).isNull();
    }

    List<Event> broken = streamed("{\"do\": \"break\"}");
    assertThat(broken.getFirst().text()).isEqualTo("first");
    JsonNode end = broken.getLast().json();
    assertThat(end.path("ErrorCode").asString()).isEqualTo("Unhandled");
    JsonNode error = Json.parse(end.path("ErrorDetails").asString());
    assertThat(error.path("errorType").asString()).isEqualTo("TypeError");
    assertThat(error.path("errorMessage").asString()).isEqualTo("on the way");
    assertThat(error.path("trace").toString()).contains("streamed.js");

    assertThat(streamed("{\"do\": \"raise\"}").getLast().json().path("ErrorDetails").asString())
        .contains("at once");

    Reply gathered = host.invoke("streamed", "{}");
    assertThat(gathered.text()).isEqualTo("firstsecond");
  }

  @Test
  void aPageHasItsHeadBeforeIt() throws IOException {
    host.create(function("paged", "streamed").put("Timeout", 20).put("MemorySize", 512));

    Reply reply = host.invoke("paged", "{\"do\": \"page\"}");

    assertThat(reply.text())
        .isEqualTo(
            "{\"statusCode\":201,\"headers\":{\"X-Own\":\"mine\"}}" + "\0".repeat(8) + "paged");
  }
}
