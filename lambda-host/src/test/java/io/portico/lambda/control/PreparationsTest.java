package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.Zips;
import io.portico.lambda.code.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of functions that are to be made ready, whether they can be or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PreparationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] TORN = Zips.torn("index.js");

  private final RunningHost host = RunningHost.start(2);

  @TempDir Path temporary = Path.of("");

  @AfterAll
  void end() {
    host.close();
  }

  private static byte[] answering(String text) {
    return Zips.of("index.js", "exports.handler = async () => '" + text + "';");
  }

  private static ObjectNode node(String name, byte[] zip) {
    return creation(name, "nodejs20.x", "index.handler", zip);
  }

  private static ObjectNode code(byte[] zip) {
    return Json.object().put("ZipFile", Base64.getEncoder().encodeToString(zip));
  }

  /** Waits until a function's last change has failed. */
  private JsonNode awaitFailed(String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode configuration = Json.object();
    while (!configuration.path("LastUpdateStatus").asString("").equals("Failed")) {
      assertThat(System.nanoTime()).as(configuration.toString()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      configuration = host.functions("GET", "/" + name + "/configuration").json();
    }
    return configuration;
  }

  @Test
  void afterAnUpdateThatCannotRunTheOldCodeGoesOn() {
    host.create(node("stays", answering("old")));

    host.functions("PUT", "/stays/code", code(TORN));
    JsonNode failed = awaitFailed("stays");

    assertThat(failed.path("State").asString()).isEqualTo("Active");
    assertThat(failed.has("StateReason")).isFalse();
    assertThat(failed.path("LastUpdateStatusReason").asString()).isNotEmpty();
    assertThat(failed.path("LastUpdateStatusReasonCode").asString()).isEqualTo("InternalError");
    assertThat(host.invoke("stays", "{}").text()).isEqualTo("\"old\"");

    host.functions("PUT", "/stays/code", code(answering("new")));
    assertThat(host.awaitReady("stays").has("LastUpdateStatusReason")).isFalse();
    assertThat(host.invoke("stays", "{}").text()).isEqualTo("\"new\"");
  }

  @Test
  void aNewFunctionThatCannotRunHasFailed() {
    host.functions("POST", "", node("stillborn", TORN));

    JsonNode failed = awaitFailed("stillborn");
    Reply invoked = host.invoke("stillborn", "{}");

    assertThat(failed.path("State").asString()).isEqualTo("Failed");
    assertThat(invoked.status()).isEqualTo(409);
    assertThat(invoked.json().path("message").asString())
        .isEqualTo(
            "The operation cannot be performed at this time. The function is currently in the"
                + " following state: Failed");
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndLoggedOnce() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("dist"));
    Files.writeString(folder.resolve("index.js"), "exports.handler = async () => 'a';");
    ObjectNode creation = node("from-folder", new byte[0]);
    creation.set("Code", Json.object().put("S3Bucket", "_portico").put("S3Key", folder.toString()));
    host.create(creation);
    assertThat(host.invoke("from-folder", "{}").text()).isEqualTo("\"a\"");
    Logger logger = (Logger) LoggerFactory.getLogger(Preparations.class);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    logger.addAppender(heard);

    try {
      Trees.delete(folder);
      Reply refused = awaitRefused("from-folder");
      Reply again = host.invoke("from-folder", "{}");

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().path("message").asString())
          .isEqualTo(
              "The operation cannot be performed at this time. The code of the function is not"
                  + " there: "
                  + folder
                  + " is not a folder");
      assertThat(again.text()).isEqualTo(refused.text());
      assertThat(heard.list)
          .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
          .filteredOn(event -> event.getFormattedMessage().contains("from-folder"))
          .singleElement()
          .satisfies(event -> assertThat(event.getThrowableProxy()).isNull());
    } finally {
      logger.detachAppender(heard);
    }
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("index.js"), "exports.handler = async () => 'b';");
    assertThat(host.invoke("from-folder", "{}").text()).isEqualTo("\"b\"");
  }

  /** Invokes until the folder's end was noticed. */
  private Reply awaitRefused(String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Reply reply = host.invoke(name, "{}", "X-Amz-Invocation-Type", "DryRun");
    while (reply.status() == 204) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      reply = host.invoke(name, "{}", "X-Amz-Invocation-Type", "DryRun");
    }
    return reply;
  }

  /** Functions are made ready one after the other, and those before it have much to unpack. */
  @Test
  void afterARestartAnInvocationDoesNotWaitForAllOtherFunctions() throws IOException {
    int large = 5;
    try (Machine machine = new Machine()) {
      try (RunningHost before = RunningHost.start(machine, Setup.of(1))) {
        for (int i = 0; i < large; i++) {
          before.create(node("a-large-" + i, large(i)));
        }
        before.create(node("z", answering("z")));
      }

      try (RunningHost after = RunningHost.start(machine, Setup.of(1))) {
        Reply ready = after.invoke("z", "{}", "X-Amz-Invocation-Type", "DryRun");

        // With that of the one that was asked for.
        assertThat(unpacked(after)).isLessThan(large + 1);
        assertThat(ready.status()).isEqualTo(204);
        assertThat(after.invoke("a-large-4", "{}").text()).isEqualTo("4");
      }
    }
  }

  private static byte[] large(int number) {
    Map<String, String> files =
        new HashMap<>(Map.of("index.js", "exports.handler = async () => " + number + ";"));
    for (int i = 0; i < 4000; i++) {
      files.put("part-" + i + ".js", "");
    }
    return Zips.of(files);
  }

  private static long unpacked(RunningHost host) throws IOException {
    try (Stream<Path> files = Files.list(host.data().resolve("code"))) {
      return files
          .filter(Files::isDirectory)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("part-"))
          .count();
    }
  }
}
