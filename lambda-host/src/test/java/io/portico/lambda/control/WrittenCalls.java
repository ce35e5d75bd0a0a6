package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import io.portico.lambda.model.LambdaRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Functions that write down what they are called with, and services that keep what they are told.
 */
abstract class WrittenCalls {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration SOON = Duration.ofMillis(100);
  static final Duration NEVER = Duration.ofHours(5);
  static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
  static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:dead";

  /** Writes down what it is called with, a line a call, and then does what the event says. */
  private static final String CODE =
      """
      const fs = require('fs');
      exports.handler = async (event, context) => {
        fs.appendFileSync(process.env.OUT, JSON.stringify({
            name: context.functionName, id: context.awsRequestId, arn: context.invokedFunctionArn,
            version: context.functionVersion, client: context.clientContext, event}) + '\\n');
        while (event.until && !fs.existsSync(event.until)) {
          await new Promise(resolve => setTimeout(resolve, 10));
        }
        if (event.sleep) await new Promise(resolve => setTimeout(resolve, event.sleep));
        if (event.fail && process.env.MEND !== 'yes') throw new Error('it broke');
        return {did: event.n};
      };
      """;

  final List<ServiceCall> calls = new CopyOnWriteArrayList<>();
  final ServiceCalls services =
      call -> {
        calls.add(call);
        return new ServiceCalls.Answer(200, new byte[0]);
      };

  @TempDir Path folder;

  void create(RunningHost host, String name) {
    host.create(function(name));
  }

  ObjectNode function(String name) {
    ObjectNode creation =
        creation(name, "nodejs20.x", "index.handler", Zips.of("index.js", CODE)).put("Timeout", 20);
    creation
        .putObject("Environment")
        .putObject("Variables")
        .put("OUT", folder.resolve("calls").toString());
    return creation;
  }

  static Reply send(RunningHost host, String name, String event) {
    return host.invoke(name, event, "X-Amz-Invocation-Type", "Event");
  }

  static void configure(RunningHost host, String name, ObjectNode config) {
    Reply reply =
        host.call(
            "PUT", "/2019-09-25/functions/" + name + "/event-invoke-config", Json.bytes(config));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  static ObjectNode destination(ObjectNode config, String event, String arn) {
    ObjectNode destinations =
        config.get("DestinationConfig") instanceof ObjectNode given
            ? given
            : config.putObject("DestinationConfig");
    destinations.putObject(event).put("Destination", arn);
    return config;
  }

  static void reserve(RunningHost host, String name, int concurrency) {
    host.call(
        "PUT",
        "/2017-10-31/functions/" + name + "/concurrency",
        Json.bytes(Json.object().put("ReservedConcurrentExecutions", concurrency)));
  }

  /** The calls of a function so far; a line that is still being written is none yet. */
  List<JsonNode> calls(String name) {
    Path file = folder.resolve("calls");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String written = Files.readString(file);
      return written
          .substring(0, written.lastIndexOf('\n') + 1)
          .lines()
          .map(Json::parse)
          .filter(call -> call.path("name").asString().equals(name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> awaitCalls(String name, int count) {
    await(name + " is called " + count + " times", () -> calls(name).size() >= count);
    assertThat(calls(name)).hasSize(count);
    return calls(name);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Waits until the only event there is has failed once, and is to be tried again. */
  static void awaitFailure(Machine machine) {
    await(
        "the event has failed",
        () ->
            machine.records().read(reader -> reader.all(LambdaRecords.ASYNC_EVENT)).stream()
                .anyMatch(event -> event.value().invocations() == 1));
  }

  /** An event that is under way until a file is there. */
  static String held(Path until, int n) {
    return Json.object().put("until", until.toString()).put("n", n).toString();
  }

  static boolean isEmpty(Machine machine) {
    return machine
        .records()
        .read(
            reader ->
                reader.all(LambdaRecords.ASYNC_EVENT).isEmpty()
                    && reader.all(LambdaRecords.ASYNC_PAYLOAD).isEmpty()
                    && reader.all(LambdaRecords.ASYNC_RESPONSE).isEmpty());
  }
}
