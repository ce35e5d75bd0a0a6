package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static io.portico.lambda.RunningHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Code on disk goes with the last that has it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnusedCodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  /** What is on disk of a zip: itself, the folder that it was unpacked to. */
  private List<String> kept(byte[] zip) {
    try (Stream<Path> files = Files.list(host.data().resolve("code"))) {
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(digest))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private void awaitGone(byte[] zip) {
    await("it is gone", () -> kept(zip).isEmpty());
  }

  /** Makes it come about that unused code is looked for, and waits until it was. */
  private void awaitLook(String name) {
    byte[] zip = answering(name);
    host.create(node(name, zip));
    host.functions("DELETE", "/" + name);
    awaitGone(zip);
  }

  @Test
  void theCodeOfADeletedFunctionGoesUnlessAnotherHasIt() {
    byte[] own = answering("own");
    byte[] shared = answering("shared");
    host.create(node("with-own", own));
    host.create(node("with-shared", shared));
    host.create(node("with-shared-too", shared));
    assertThat(kept(own)).hasSize(2);

    host.functions("DELETE", "/with-shared");
    host.functions("DELETE", "/with-own");

    awaitGone(own);
    assertThat(kept(shared)).hasSize(2);
    assertThat(host.invoke("with-shared-too", "{}").text()).isEqualTo("\"shared\"");
  }

  @Test
  void codeThatWasReplacedGoesUnlessAVersionHasIt() {
    byte[] first = answering("first");
    byte[] second = answering("second");
    byte[] third = answering("third");
    host.create(node("replaced", first).put("Publish", true));

    host.functions("PUT", "/replaced/code", code(second));
    host.awaitReady("replaced");
    host.functions("PUT", "/replaced/code", code(third));
    host.awaitReady("replaced");

    awaitGone(second);
    assertThat(kept(first)).hasSize(2);
    assertThat(host.invoke("replaced:1", "{}").text()).isEqualTo("\"first\"");
    host.functions("DELETE", "/replaced?Qualifier=1");
    awaitGone(first);
    assertThat(host.invoke("replaced", "{}").text()).isEqualTo("\"third\"");
  }

  @Test
  void aRefusedCallLeavesNothing() {
    byte[] late = answering("late");
    byte[] never = answering("never");
    host.create(node("there", answering("there")));

    Reply exists = host.functions("POST", "", node("there", late));
    Reply changed = host.functions("PUT", "/there/code", code(late).put("RevisionId", "other"));
    Reply impossible = host.functions("POST", "", node("impossible", never).put("Timeout", 901));

    assertThat(exists.status()).isEqualTo(409);
    assertThat(changed.status()).isEqualTo(412);
    assertThat(impossible.status()).isEqualTo(400);
    assertThat(kept(never)).isEmpty();
    awaitGone(late);
  }

  @Test
  void aLayersCodeGoesWithTheLastFunctionThatHasIt() {
    byte[] zip = Zips.of("nodejs/node_modules/dep/index.js", "exports.a = 'layered';");
    String arn = host.publish("going", layer(zip));
    ObjectNode creation =
        node("layered", Zips.of("index.js", "exports.handler = async () => require('dep').a;"));
    creation.putArray("Layers").add(arn);
    host.create(creation);

    host.layers("DELETE", "/going/versions/1");
    awaitLook("after-the-layer");

    assertThat(kept(zip)).hasSize(2);
    assertThat(host.invoke("layered", "{}").text()).isEqualTo("\"layered\"");
    host.functions("DELETE", "/layered");
    awaitGone(zip);
  }

  /** What it has not read yet, it may still read. */
  @Test
  void anInvocationGoesOnFromTheCodeOfADeletedFunction() throws IOException {
    Path begun = temporary.resolve("begun");
    Path go = temporary.resolve("go");
    byte[] zip =
        Zips.of(
            Map.of(
                "index.js",
                """
                const fs = require('fs');
                exports.handler = async (event) => {
                  fs.writeFileSync(event.begun, '');
                  while (!fs.existsSync(event.go)) await new Promise((done) => setTimeout(done, 20));
                  return require('./late.js').word;
                };
                """,
                "late.js",
                "exports.word = 'still there';"));
    host.create(node("deleted", zip).put("Timeout", 60));
    String event = Json.text(Json.object().put("begun", begun.toString()).put("go", go.toString()));
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(() -> host.invoke("deleted", event));
    await("it has begun", () -> Files.exists(begun));

    host.functions("DELETE", "/deleted");
    awaitLook("after-the-function");
    Files.writeString(go, "");

    assertThat(answer.join().text()).isEqualTo("\"still there\"");
    awaitGone(zip);
  }
}
