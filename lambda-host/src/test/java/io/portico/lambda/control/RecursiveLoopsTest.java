package io.portico.lambda.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.Zips;
import java.net.URLDecoder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Functions that lead to their own invocation. */
final class RecursiveLoopsTest extends WrittenCalls {
  private static final String TRACE = "exports.handler = async () => process.env._X_AMZN_TRACE_ID;";

  private static void recursion(RunningHost host, String name, String loop) {
    Reply reply =
        host.call(
            "PUT",
            "/2024-08-31/functions/" + name + "/recursion-config",
            Json.bytes(Json.object().put("RecursiveLoop", loop)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private void createWithDeadLetters(RunningHost host, String name) {
    ObjectNode creation = function(name);
    creation.putObject("DeadLetterConfig").put("TargetArn", QUEUE);
    host.create(creation);
  }

  /** Each is told how the other has ended. */
  private void createLoop(RunningHost host) {
    createWithDeadLetters(host, "f");
    create(host, "g");
    configure(host, "f", destination(Json.object(), "OnSuccess", ARN + "g"));
    configure(host, "g", destination(Json.object(), "OnSuccess", ARN + "f"));
  }

  @Test
  void functionsThatAreEachOthersDestinationsRunSixteenTimes() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(SOON, services))) {
      createLoop(host);

      send(host, "f", "{}");

      await("the queue is told", () -> !calls.isEmpty());
      await("nothing is left in the store", () -> isEmpty(machine));
      assertThat(calls("f")).hasSize(16);
      assertThat(calls("g")).hasSize(16);
      assertThat(URLDecoder.decode(new String(calls.getFirst().body(), UTF_8), UTF_8))
          .contains("detected your function being invoked in a recursive loop");
    }
  }

  @Test
  void theEndOfALoopOfTwoFunctionsIsNoNewOne() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(SOON, services))) {
      create(host, "f");
      create(host, "g");
      ObjectNode both = destination(Json.object(), "OnSuccess", ARN + "g");
      configure(host, "f", destination(both, "OnFailure", ARN + "g"));
      both = destination(Json.object(), "OnSuccess", ARN + "f");
      configure(host, "g", destination(both, "OnFailure", ARN + "f"));

      send(host, "f", "{}");

      awaitCalls("g", 16);
      await("nothing is left in the store", () -> isEmpty(machine));
      assertThat(calls("f")).hasSize(16);
      assertThat(calls("g")).hasSize(16);
    }
  }

  @Test
  void aLoopThatIsAllowedGoesOnUntilItIsNot() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(SOON, services))) {
      createLoop(host);
      recursion(host, "f", "Allow");
      recursion(host, "g", "Allow");

      send(host, "f", "{}");
      await("it runs on", () -> calls("f").size() > 20);
      assertThat(calls).isEmpty();
      recursion(host, "f", "Terminate");

      await("the queue is told", () -> !calls.isEmpty());
      await("nothing is left in the store", () -> isEmpty(machine));
    }
  }

  @Test
  void aCallerThatSendsOnItsTraceIsToldOfALoop() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(SOON, services))) {
      ObjectNode creation =
          RunningHost.creation("f", "nodejs20.x", "index.handler", Zips.of("index.js", TRACE));
      creation.putObject("DeadLetterConfig").put("TargetArn", QUEUE);
      host.create(creation);
      String trace = "Root=1-5759e988-bd862e3fe1be46a994272793";
      for (int i = 0; i < 16; i++) {
        Reply reply = host.invoke("f", "{}", "X-Amzn-Trace-Id", trace);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        trace = reply.json().asString();
        assertThat(trace).startsWith("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=");
      }

      Reply loop = host.invoke("f", "{}", "X-Amzn-Trace-Id", trace);
      Reply event =
          host.invoke("f", "{}", "X-Amzn-Trace-Id", trace, "X-Amz-Invocation-Type", "Event");

      assertThat(loop.status()).isEqualTo(400);
      assertThat(loop.header("x-amzn-ErrorType")).isEqualTo("RecursiveInvocationException");
      assertThat(event.status()).isEqualTo(202);
      await("the queue is told", () -> !calls.isEmpty());
      assertThat(host.invoke("f", "{}").status()).isEqualTo(200);

      recursion(host, "f", "Allow");
      assertThat(host.invoke("f", "{}", "X-Amzn-Trace-Id", trace).status()).isEqualTo(200);
    }
  }
}
