package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client was told is done stays done, however the server ends. */
final class DurabilityTest {
  @TempDir Path data;

  @Test
  void anApiAnswersAfterARestart() {
    String api;
    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      api = SmallApi.build(sdk, "127.0.0.1:9").deploy().id();
      server.terminate();
      assertThat(server.awaitExit()).isIn(0, 143);
    }

    assertAnswers(api);
  }

  @Test
  void anApiAnswersAfterAKill() {
    String api;
    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      api = SmallApi.build(sdk, "127.0.0.1:9").deploy().id();
      server.kill();
    }

    assertAnswers(api);
  }

  @Test
  void everyAcknowledgedChangeSurvivesTwentyKillsAmongChanges() throws InterruptedException {
    List<Writer> writers = new ArrayList<>();
    for (int kill = 0; kill < 20; kill++) {
      try (PorticoProcess server = PorticoProcess.durable(data);
          JavaSdk sdk = JavaSdk.of(server.endpoint())) {
        assertFound(sdk, writers);
        writers.add(writeUntilKilled(server, sdk, 1 + 3 * kill));
      }
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      assertFound(sdk, writers);
    }
  }

  private static Writer writeUntilKilled(PorticoProcess server, JavaSdk sdk, int changes)
      throws InterruptedException {
    String api = sdk.client().createRestApi(r -> r.name("busy")).id();
    String root = sdk.client().getResources(r -> r.restApiId(api)).items().getFirst().id();
    Writer writer = new Writer(sdk, api, root, changes);
    Thread thread = Thread.ofPlatform().start(writer);
    writer.awaitStart();
    server.kill();
    thread.join();
    return writer;
  }

  private static void assertFound(JavaSdk sdk, List<Writer> writers) {
    for (Writer writer : writers) {
      assertThat(
              sdk
                  .client()
                  .getResourcesPaginator(r -> r.restApiId(writer.api()).limit(500))
                  .items()
                  .stream()
                  .map(resource -> resource.path()))
          .containsAll(writer.acknowledged());
    }
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefusedInOneLine() {
    try (PorticoProcess server = PorticoProcess.durable(data)) {
      Program.Outcome second =
          PorticoProcess.run("serve", "--data", data.toString(), "--port", "0");

      assertThat(second.exit()).isNotZero();
      assertThat((second.out() + second.err()).lines()).hasSize(1);
      assertThat(second.out() + second.err()).contains(data.toString());
      assertThat(Caller.get(server.endpoint().uri().resolve("/_portico/health/ready")).statusCode())
          .isEqualTo(200);
    }
  }

  private void assertAnswers(String api) {
    try (PorticoProcess server = PorticoProcess.durable(data)) {
      assertThat(Caller.get(server.endpoint().pathForm(api, STAGE, "/pets/7")).body())
          .isEqualTo("{\"pet\": \"7\"}");
    }
  }
}
