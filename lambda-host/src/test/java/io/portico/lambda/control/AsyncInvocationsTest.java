package io.portico.lambda.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogEvent;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import io.portico.lambda.async.ShiftedClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Functions that are invoked by somebody who does not wait. */
final class AsyncInvocationsTest extends WrittenCalls {
  /** INV-02. */
  @Test
  void anEventIsTakenAndRunsWithTheRequestsId() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2))) {
      create(host, "f");

      Reply reply =
          host.invoke(
              "f",
              "{\"n\": 1}",
              "X-Amz-Invocation-Type",
              "Event",
              "X-Amz-Client-Context",
              "eyJhIjoxfQ==");

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.header("X-Amz-Executed-Version")).isEmpty();
      JsonNode call = awaitCalls("f", 1).getFirst();
      assertThat(call.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
      assertThat(call.path("arn").asString()).isEqualTo(ARN + "f");
      assertThat(call.path("event")).hasToString("{\"n\":1}");
      assertThat(call.hasNonNull("client")).isFalse();
      await("nothing is left in the store", () -> isEmpty(machine));
    }
  }

  @Test
  void theOldOperationDoesTheSame() {
    try (RunningHost host = RunningHost.start(2)) {
      create(host, "f");
      String path = "/2014-11-13/functions/f/invoke-async/";

      Reply reply = host.call("POST", path, "{\"n\": 2}".getBytes(UTF_8));
      Reply tooLong = host.call("POST", path, ("\"" + "x".repeat(262_143) + "\"").getBytes(UTF_8));

      assertThat(reply.status()).isEqualTo(202);
      assertThat(awaitCalls("f", 1).getFirst().at("/event/n").intValue()).isEqualTo(2);
      assertThat(tooLong.status()).isEqualTo(413);
    }
  }

  @Test
  void whatCannotBeInvokedIsRefusedAtOnce() {
    try (RunningHost host = RunningHost.start(2)) {
      create(host, "f");

      Reply large = send(host, "f", "\"" + "x".repeat(1_048_575) + "\"");
      Reply broken = send(host, "f", "{");
      Reply unknown = send(host, "g", "{}");
      Reply alias = send(host, "f:none", "{}");
      Reply api =
          host.invoke(
              "f",
              "{}",
              "X-Amz-Invocation-Type",
              "Event",
              "X-Portico-Source-Arn",
              "arn:aws:execute-api:us-east-1:000000000000:api/prod/GET/");

      assertThat(large.status()).isEqualTo(413);
      assertThat(large.text())
          .contains(
              "1048577 byte payload is too large for the Event invocation type (limit 1048576"
                  + " bytes)");
      assertThat(broken.status()).isEqualTo(400);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(alias.status()).isEqualTo(404);
      assertThat(api.status()).isEqualTo(403);
      assertThat(calls("f")).isEmpty();
    }
  }

  /** INV-12. */
  @Test
  void aFailureIsRetriedTwiceAndThenToldToAFunction() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(SOON, services))) {
      create(host, "f");
      create(host, "told");
      configure(host, "f", destination(Json.object(), "OnFailure", ARN + "told"));

      String id = send(host, "f", "{\"fail\": true}").header("x-amzn-RequestId");

      JsonNode record = awaitCalls("told", 1).getFirst().path("event");
      assertThat(calls("f"))
          .extracting(call -> call.path("id").asString())
          .containsExactly(id, id, id);
      assertThat(record.path("version").asString()).isEqualTo("1.0");
      assertThat(record.at("/requestContext/requestId").asString()).isEqualTo(id);
      assertThat(record.at("/requestContext/functionArn").asString()).isEqualTo(ARN + "f:$LATEST");
      assertThat(record.at("/requestContext/condition").asString()).isEqualTo("RetriesExhausted");
      assertThat(record.at("/requestContext/approximateInvokeCount").intValue()).isEqualTo(3);
      assertThat(record.path("requestPayload")).hasToString("{\"fail\":true}");
      assertThat(record.path("responseContext"))
          .hasToString(
              "{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"}");
      assertThat(record.at("/responsePayload/errorMessage").asString()).isEqualTo("it broke");
      await("nothing is left in the store", () -> isEmpty(machine));
      assertThat(host.logs("f"))
          .extracting(LogEvent::message)
          .filteredOn(line -> line.startsWith("INIT_START") || line.contains("Init Duration"))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .containsExactly("INIT_START", "REPORT");
      assertThat(host.logs("f"))
          .extracting(LogEvent::message)
          .filteredOn(line -> line.contains("RequestId: " + id))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .containsExactly(
              "START", "END", "REPORT", "START", "END", "REPORT", "START", "END", "REPORT");
    }
  }

  @Test
  void aSuccessIsToldToAQueueAndToNobodyElse() {
    try (RunningHost host = RunningHost.start(Setup.of(2).with(SOON, services))) {
      create(host, "f");
      ObjectNode config = destination(Json.object(), "OnSuccess", QUEUE);
      configure(host, "f", destination(config, "OnFailure", ARN + "other"));

      send(host, "f", "{\"n\": 7}");

      await("the queue is told", () -> !calls.isEmpty());
      assertThat(URLDecoder.decode(new String(calls.getFirst().body(), UTF_8), UTF_8))
          .contains("\"condition\":\"Success\"")
          .endsWith("\"responsePayload\":{\"did\":7}}");
      assertThat(calls).hasSize(1);
    }
  }

  @Test
  void anEventOutlivesItsHost() {
    try (Machine machine = new Machine()) {
      String id;
      try (RunningHost host = RunningHost.start(machine, Setup.of(2).with(NEVER, services))) {
        create(host, "f");
        configure(
            host,
            "f",
            destination(Json.object().put("MaximumRetryAttempts", 1), "OnFailure", QUEUE));
        id = send(host, "f", "{\"fail\": true}").header("x-amzn-RequestId");
        awaitFailure(machine);
      }
      assertThat(isEmpty(machine)).isFalse();
      assertThat(calls).isEmpty();

      ShiftedClock later = new ShiftedClock(Clock.systemUTC());
      later.advance(NEVER);
      try (RunningHost host =
          RunningHost.start(machine, Setup.of(2).with(NEVER, services).with(later))) {
        await("the queue is told", () -> !calls.isEmpty());

        assertThat(calls("f"))
            .extracting(call -> call.path("id").asString())
            .containsExactly(id, id);
        assertThat(host.functions("GET", "/f").status()).isEqualTo(200);
        await("nothing is left in the store", () -> isEmpty(machine));
      }
    }
  }

  @Test
  void anEventThatRunsWhileItsHostEndsRunsAgain() {
    try (Machine machine = new Machine()) {
      try (RunningHost host = RunningHost.start(machine, Setup.of(2))) {
        create(host, "f");
        send(host, "f", "{\"sleep\": 25000}");
        awaitCalls("f", 1);
      }
      assertThat(isEmpty(machine)).isFalse();

      try (RunningHost host = RunningHost.start(machine, Setup.of(2))) {
        List<JsonNode> both = awaitCalls("f", 2);

        assertThat(both.get(0).path("id")).isEqualTo(both.get(1).path("id"));
        assertThat(host.functions("GET", "/f").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void anAliasHasItsOwnConfigurationAndIsFollowedAtEachAttempt() {
    ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
    try (Machine machine = new Machine();
        RunningHost host =
            RunningHost.start(machine, Setup.of(2).with(NEVER, services).with(clock))) {
      create(host, "f");
      create(host, "nudge");
      host.functions("POST", "/f/versions", Json.object());
      ObjectNode mended = Json.object();
      mended
          .putObject("Environment")
          .putObject("Variables")
          .put("OUT", folder.resolve("calls").toString())
          .put("MEND", "yes");
      host.functions("PUT", "/f/configuration", mended);
      host.awaitReady("f");
      host.functions("POST", "/f/versions", Json.object());
      host.functions(
          "POST", "/f/aliases", Json.object().put("Name", "live").put("FunctionVersion", "1"));
      configure(host, "f", destination(Json.object(), "OnSuccess", ARN + "none"));
      configure(host, "f:live", destination(Json.object(), "OnSuccess", QUEUE));

      send(host, "f:live", "{\"fail\": true, \"n\": 1}");
      awaitFailure(machine);
      Reply moved =
          host.functions("PUT", "/f/aliases/live", Json.object().put("FunctionVersion", "2"));

      assertThat(moved.status()).as(moved.text()).isEqualTo(200);
      clock.advance(NEVER);
      nudgeUntilItIsTold(host);
      assertThat(calls("f"))
          .extracting(call -> call.path("version").asString())
          .containsExactly("1", "2");
      assertThat(calls("f"))
          .extracting(call -> call.path("arn").asString())
          .containsOnly(ARN + "f:live");
      assertThat(URLDecoder.decode(new String(calls.getFirst().body(), UTF_8), UTF_8))
          .contains("\"functionArn\":\"" + ARN + "f:live\"")
          .contains("\"approximateInvokeCount\":2")
          .contains("\"executedVersion\":\"2\"");
    }
  }

  @Test
  void anEventThatGrowsTooOldIsGivenUp() {
    ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
    try (RunningHost host = RunningHost.start(Setup.of(2).with(NEVER, services).with(clock))) {
      create(host, "f");
      create(host, "nudge");
      configure(
          host,
          "f",
          destination(Json.object().put("MaximumEventAgeInSeconds", 60), "OnFailure", QUEUE));

      send(host, "f", "{\"fail\": true}");
      awaitCalls("f", 1);
      clock.advance(Duration.ofSeconds(61));
      nudgeUntilItIsTold(host);

      assertThat(calls("f")).hasSize(1);
      assertThat(URLDecoder.decode(new String(calls.getFirst().body(), UTF_8), UTF_8))
          .contains("\"condition\":\"EventAgeExceeded\",\"approximateInvokeCount\":1")
          .contains("it broke");
    }
  }

  /** A clock that was put forward wakes nobody. */
  private void nudgeUntilItIsTold(RunningHost host) {
    await(
        "the queue is told",
        () -> {
          send(host, "nudge", "{}");
          return !calls.isEmpty();
        });
  }

  @Test
  void aFunctionThatMayNotRunSendsItsEventsToTheDeadLetters() {
    try (RunningHost host = RunningHost.start(Setup.of(2).with(SOON, services))) {
      ObjectNode creation = function("f");
      creation.putObject("DeadLetterConfig").put("TargetArn", QUEUE);
      host.create(creation);
      create(host, "told");
      configure(host, "f", destination(Json.object(), "OnFailure", ARN + "told"));
      reserve(host, "f", 0);

      Reply reply = send(host, "f", "{\"n\": 1}");

      assertThat(reply.status()).isEqualTo(202);
      JsonNode record = awaitCalls("told", 1).getFirst().path("event");
      assertThat(record.at("/requestContext/condition").asString())
          .isEqualTo("ZeroReservedConcurrency");
      assertThat(record.at("/requestContext/approximateInvokeCount").intValue()).isZero();
      assertThat(record.has("responseContext")).isFalse();
      await("the queue is told", () -> !calls.isEmpty());
      assertThat(URLDecoder.decode(new String(calls.getFirst().body(), UTF_8), UTF_8))
          .contains("MessageBody={\"n\": 1}&")
          .contains("StringValue=" + reply.header("x-amzn-RequestId"));
      assertThat(calls("f")).isEmpty();
    }
  }

  @Test
  void anEventThatFindsNoRoomRunsWhenThereIsSome() throws IOException {
    try (RunningHost host = RunningHost.start(Setup.of(4))) {
      create(host, "f");
      reserve(host, "f", 1);
      Path go = folder.resolve("go");
      send(host, "f", held(go, 1));
      awaitCalls("f", 1);

      Reply throttled = host.invoke("f", "{}");
      send(host, "f", "{\"n\": 2}");

      assertThat(throttled.status()).isEqualTo(429);
      assertThat(calls("f")).hasSize(1);
      Files.writeString(go, "go");
      assertThat(awaitCalls("f", 2).getLast().at("/event/n").intValue()).isEqualTo(2);
    }
  }

  @Test
  void theEventsOfAFunctionEndWithIt() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2).with(NEVER, services))) {
      create(host, "f");
      send(host, "f", "{\"fail\": true}");
      awaitCalls("f", 1);
      assertThat(isEmpty(machine)).isFalse();

      host.functions("DELETE", "/f");

      assertThat(isEmpty(machine)).isTrue();
    }
  }
}
