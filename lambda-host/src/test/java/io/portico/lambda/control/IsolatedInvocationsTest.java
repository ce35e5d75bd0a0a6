package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.JavaCode;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions that are isolated by namespaces, where this machine allows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IsolatedInvocationsTest {
  private static final String CODE =
      """
      const { spawn, execFileSync } = require('child_process');
      const fs = require('fs');
      const os = require('os');

      const attempt = (work) => {
        try {
          work();
          return 'done';
        } catch (error) {
          return error.code ?? String(error.status);
        }
      };

      exports.handler = async (event) => {
        switch (event.do) {
          case 'look': return {
            file: __filename, folder: process.cwd(), temporary: os.tmpdir(), pid: process.pid,
            user: os.userInfo().username, uid: process.getuid(), own: process.env.OWN,
            path: process.env.PATH, root: fs.readdirSync('/'), there: fs.existsSync(event.path),
            processes: fs.readdirSync('/proc').filter(name => /^\\\\d+$/.test(name)).length };
          case 'write': return attempt(() => fs.writeFileSync(event.path, 'written'));
          case 'read': return fs.readFileSync(event.path, 'utf8');
          case 'run': return attempt(() => execFileSync(event.program, event.arguments));
          case 'exit': process.exit(7);
          case 'kill': process.kill(process.pid, 'SIGKILL');
          case 'grow': for (const kept = [];;) kept.push(Buffer.alloc(1 << 20, 1));
          case 'leave':
            spawn('sleep', [event.seconds], { detached: true, stdio: 'ignore' }).unref();
            await new Promise(resolve => setTimeout(resolve, 60000));
        }
      };
      """;

  private RunningHost host;

  @BeforeAll
  void create() {
    try {
      host = RunningHost.isolated(2);
    } catch (UncheckedIOException e) {
      throw new TestAbortedException("no namespaces here: " + e.getMessage(), e);
    }
    ObjectNode creation = function("isolated", 20);
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("OWN", "it's \"two\nlines\" of $HOME `id` \\ ü")
        .put("PATH", "/var/task:/usr/bin:/bin");
    host.create(creation);
  }

  private static ObjectNode function(String name, int timeoutSeconds) {
    return creation(name, "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
        .put("Timeout", timeoutSeconds)
        .put("MemorySize", 256);
  }

  @AfterAll
  void end() {
    if (host != null) {
      host.close();
    }
  }

  private JsonNode result(ObjectNode event) {
    Reply reply = host.invoke("isolated", Json.text(event));
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  private static ObjectNode event(String what) {
    return Json.object().put("do", what);
  }

  private String written(String path) {
    return result(event("write").put("path", path)).asString();
  }

  @Test
  void aFunctionFindsItselfWhereItWouldOnAws() {
    JsonNode seen = result(event("look").put("path", host.data().toString()));

    assertThat(seen.path("file").asString()).isEqualTo("/var/task/index.js");
    assertThat(seen.path("folder").asString()).isEqualTo("/var/task");
    assertThat(seen.path("temporary").asString()).isEqualTo("/tmp");
    assertThat(seen.path("user").asString()).isEqualTo("sbx_user1051");
    assertThat(seen.path("uid").intValue()).isEqualTo(993);
  }

  @Test
  void itsVariablesAreAsTheyWereGiven() {
    JsonNode seen = result(event("look").put("path", "/"));

    assertThat(seen.path("own").asString()).isEqualTo("it's \"two\nlines\" of $HOME `id` \\ ü");
    assertThat(seen.path("path").asString()).isEqualTo("/var/task:/usr/bin:/bin");
  }

  @Test
  void itSeesNeitherFilesNorProcessesOfOthers() {
    JsonNode seen = result(event("look").put("path", host.data().toString()));

    assertThat(seen.path("there").booleanValue()).isFalse();
    assertThat(seen.path("root").valueStream().map(JsonNode::asString))
        .contains("dev", "etc", "opt", "proc", "tmp", "usr", "var")
        .doesNotContain("boot", "home", "root", "srv", "sys");
    assertThat(seen.path("processes").intValue()).isLessThan(6);
    assertThat(seen.path("pid").intValue()).isBetween(2, 100);
  }

  @Test
  void itWritesToItsTemporaryFolderAlone() {
    assertThat(written("/tmp/kept")).isEqualTo("done");
    assertThat(result(event("read").put("path", "/tmp/kept")).asString()).isEqualTo("written");
    assertThat(written("/dev/null")).isEqualTo("done");

    for (String path :
        List.of(
            "/var/task/index.js",
            "/var/task/new",
            "/opt/new",
            "/usr/portico-new",
            "/etc/passwd",
            "/new",
            "/proc/sys/kernel/core_pattern",
            "/proc/sysrq-trigger")) {
      assertThat(written(path)).as(path).isIn("EROFS", "EACCES", "EPERM", "ENOENT");
    }
  }

  @Test
  void itCannotOpenWhatIsClosed() {
    for (List<String> command :
        List.of(
            List.of("umount", "/var/task"),
            List.of("mount", "-o", "remount,bind,rw", "/var/task"),
            List.of("mount", "-o", "remount,bind,rw", "/usr"),
            List.of("unshare", "-Urm", "mount", "-o", "remount,bind,rw", "/usr"),
            List.of("unshare", "-Urm", "umount", "/var/task"))) {
      ObjectNode event = event("run").put("program", command.getFirst());
      ArrayNode arguments = event.putArray("arguments");
      command.stream().skip(1).forEach(arguments::add);

      assertThat(result(event).asString()).as(String.join(" ", command)).isNotEqualTo("done");
    }
  }

  @Test
  void theWayItEndsIsSaidAsOfAnyOther() {
    assertThat(host.invoke("isolated", "{\"do\": \"exit\"}").json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: exit status 7");
    for (String what : List.of("kill", "grow")) {
      assertThat(
              host.invoke("isolated", Json.text(event(what)))
                  .json()
                  .path("errorMessage")
                  .asString())
          .as(what)
          .endsWith(" Error: Runtime exited with error: signal: killed");
    }
  }

  @Test
  void whatItHasStartedEndsWithIt() {
    String seconds = "86" + Math.abs(UUID.randomUUID().getLeastSignificantBits() % 100_000) + ".5";

    host.create(function("leaving", 3));

    Reply late = host.invoke("leaving", Json.text(event("leave").put("seconds", seconds)));

    assertThat(late.json().path("errorType").asString()).isEqualTo("Sandbox.Timedout");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (isRunning(seconds) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
    }
    assertThat(isRunning(seconds)).isFalse();
  }

  private static boolean isRunning(String argument) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(argument));
  }

  @Test
  void aProgramOfItsOwnIsFoundInItsFolder() {
    host.create(
        creation(
            "own",
            "provided.al2023",
            "my.handler",
            Zips.ofProgram("bootstrap", ProvidedInvocationsTest.BOOTSTRAP)));

    assertThat(host.invoke("own", "{\"a\": 1}").text())
        .isEqualTo("{\"env\": \"unset\", \"handler\": \"my.handler\"}");
  }

  @Test
  void pythonRunsFromWhereverItIsInstalled() {
    host.create(
        creation(
            "python",
            "python3.11",
            "main.handler",
            Zips.of(
                "main.py",
                """
                import json, ssl, sys
                def handler(event, context):
                    return __file__
                """)));

    assertThat(host.invoke("python", "{}").text()).isEqualTo("\"/var/task/main.py\"");
  }

  @Test
  void layersAreBelowOptAndCannotBeWrittenTo() {
    String one =
        host.publish(
            "one",
            layer(
                Zips.of(
                    Map.of(
                        "nodejs/node_modules/dep/index.js", "module.exports = 'one';",
                        "words.txt", "of one"))));
    String two = host.publish("two", layer(Zips.of("words.txt", "of two")));
    String wrapper =
        host.publish(
            "wrapper",
            layer(Zips.ofProgram("wrap", "#!/bin/sh\nexport WRAPPED=yes\nexec \"$@\"\n")));
    ObjectNode creation =
        creation(
            "layered",
            "nodejs20.x",
            "index.handler",
            Zips.of(
                "index.js",
                """
                const fs = require('fs');
                exports.handler = async () => {
                  let written = 'done';
                  try {
                    fs.writeFileSync('/opt/words.txt', 'written');
                  } catch (error) {
                    written = error.code;
                  }
                  return [require.resolve('dep'), fs.readFileSync('/opt/words.txt', 'utf8'),
                    process.env.PORTICO_OPT, process.env.WRAPPED, written];
                };
                """));
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap");
    creation.putArray("Layers").add(one).add(two).add(wrapper);

    host.create(creation);

    assertThat(host.invoke("layered", "{}").text())
        .isEqualTo(
            "[\"/opt/nodejs/node_modules/dep/index.js\",\"of two\",\"/opt\",\"yes\",\"EROFS\"]");
  }

  @Test
  void javaFindsItsClientItsClassesAndThoseOfItsLayers() {
    Map<String, byte[]> words =
        JavaCode.compiled(
            "words.Words",
            """
            package words;

            public class Words {
              public static String text() { return "from a layer"; }
            }
            """);
    String arn =
        host.publish(
            "jar", layer(Zips.ofContents(Map.of("java/lib/words.jar", Zips.ofContents(words)))));
    ObjectNode creation =
        creation(
                "java",
                "java21",
                "example.Places::list",
                Zips.ofContents(
                    JavaCode.compiled(
                        "example.Places",
                        """
                        package example;

                        import java.util.List;
                        import java.util.Map;

                        public class Places {
                          public List<String> list(Map<String, Object> event) throws Exception {
                            return List.of(
                                (String) Class.forName("words.Words").getMethod("text").invoke(null),
                                System.getProperty("user.dir"),
                                System.getProperty("java.io.tmpdir"));
                          }
                        }
                        """)))
            .put("Timeout", 20)
            .put("MemorySize", 512);
    creation.putArray("Layers").add(arn);

    host.create(creation);

    assertThat(host.invoke("java", "{}").text())
        .isEqualTo("[\"from a layer\",\"/var/task\",\"/tmp\"]");
  }

  @Test
  void afterwardsNothingIsMountedHere() throws Exception {
    host.invoke("isolated", Json.text(event("look").put("path", "/")));

    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("isolation/root");
  }
}
