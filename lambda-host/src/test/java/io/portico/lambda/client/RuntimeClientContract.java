package io.portico.lambda.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogEvent;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a function finds and its caller gets, whichever client of the Runtime API runs it. The
 * function is {@code app} in {@code src/test/clients}, in each language.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuntimeClientContract {
  private static final int AT_ONCE = 8;
  private static final int MEMORY = 512;
  private static final int TIMEOUT = 30;

  /** Why there is no client; empty where there is one. */
  private String missing = "";

  final RunningHost host = RunningHost.start(AT_ONCE);

  /** What CreateFunction takes for a function of a module. */
  abstract ObjectNode function(String name, String module);

  /** Where an error document has the stack. */
  abstract String stack();

  /** What an error that a module throws while it is loaded is called. */
  abstract String typeOfBroken();

  /** Makes what this client needs; aborts, with the reason, where it cannot be had. */
  abstract void prepare();

  @BeforeAll
  final void create() {
    try {
      prepare();
    } catch (TestAbortedException e) {
      missing = String.valueOf(e.getMessage());
      System.out.println(getClass().getSimpleName() + " is skipped: " + missing);
      return;
    }
    host.create(function("app", "app").put("Timeout", TIMEOUT).put("MemorySize", MEMORY));
  }

  /** Before each, so that each is counted, and says why. */
  @BeforeEach
  final void clientIsThere() {
    assumeTrue(missing.isEmpty(), missing);
  }

  @AfterAll
  final void end() {
    host.close();
  }

  final JsonNode result(String event) {
    Reply reply = host.invoke("app", event);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  final String log(String function) {
    return host.logs(function).stream().map(LogEvent::message).collect(Collectors.joining());
  }

  @Test
  final void theCallerGetsWhatTheFunctionReturns() {
    assertThat(result("{\"do\": \"constant\"}"))
        .isEqualTo(
            Json.parse("{\"constant\": [1, \"zwölf\", null]}".getBytes(StandardCharsets.UTF_8)));
    assertThat(result("{\"text\": \"Grüße\", \"list\": [true, null, 1.5]}"))
        .isEqualTo(
            Json.parse(
                "{\"text\": \"Grüße\", \"list\": [true, null, 1.5]}"
                    .getBytes(StandardCharsets.UTF_8)));
  }

  /** INV-03, INV-04. */
  @Test
  final void anErrorIsTheAnswerAndTheFunctionGoesOn() {
    long process = result("{\"do\": \"count\"}").path("process").longValue();

    Reply reply = host.invoke("app", "{\"do\": \"raise\"}", "X-Amz-Log-Type", "Tail");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    JsonNode error = reply.json();
    assertThat(error.path("errorType").asString()).isEqualTo("TypeError");
    assertThat(error.path("errorMessage").asString()).isEqualTo("it broke: Grüße");
    assertThat(error.path(stack()).isArray()).isTrue();
    assertThat(error.path(stack()).toString()).contains("app.").contains("handler");
    String tail = RunningHost.tail(reply);
    assertThat(tail).contains("it broke: Grüße");
    assertThat(report(tail)).doesNotContain("Status:");
    assertThat(result("{\"do\": \"count\"}").path("process").longValue()).isEqualTo(process);
  }

  /** INV-05. */
  @Test
  final void aModuleThatFailsIsTheAnswer() {
    host.create(function("broken", "broken").put("MemorySize", MEMORY));

    Reply reply = host.invoke("broken", "{}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo(typeOfBroken());
    assertThat(reply.json().path("errorMessage").asString()).contains("not today");
    assertThat(log("broken"))
        .contains("not today")
        .containsPattern("INIT_REPORT Init Duration: \\d+\\.\\d\\d ms\tPhase: init\tStatus: error");
  }

  /** INV-14. Nobody signs in with Cognito here, so there is no identity of it. */
  @Test
  final void theContextIsThatOfTheInvocation() {
    String client =
        "{\"client\": {\"app_title\": \"clock\"}, \"custom\": {\"greeting\": \"Grüße\"}, \"env\": {}}";

    Reply reply =
        host.invoke(
            "app:$LATEST",
            "{\"do\": \"context\"}",
            "X-Amz-Client-Context",
            Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));

    JsonNode context = reply.json();
    assertThat(context.path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:app:$LATEST");
    assertThat(context.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("name").asString()).isEqualTo("app");
    assertThat(context.path("version").asString()).isEqualTo("$LATEST");
    assertThat(context.path("memory").asString()).isEqualTo(Integer.toString(MEMORY));
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/app");
    assertThat(context.path("stream").asString())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(context.path("left").intValue()).isBetween(1, TIMEOUT * 1000);
    assertThat(context.path("title").asString()).isEqualTo("clock");
    assertThat(context.path("custom").asString()).isEqualTo("Grüße");
    assertThat(context.path("identity").isNull()).isTrue();
    assertThat(context.path("trace").asString())
        .matches(
            "Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0");

    JsonNode without = result("{\"do\": \"context\"}");
    assertThat(without.path("arn").asString()).endsWith(":function:app");
    assertThat(without.path("title").isNull()).isTrue();
    assertThat(without.path("trace").asString()).isNotEqualTo(context.path("trace").asString());
  }

  /** INV-10, INV-11. */
  @Test
  final void whatItPrintsStandsBetweenLambdasLines() {
    Reply reply = host.invoke("app", "{\"do\": \"print\"}", "X-Amz-Log-Type", "Tail");

    String id = reply.header("x-amzn-RequestId");
    assertThat(reply.text()).isEqualTo("null");
    assertThat(RunningHost.tail(reply))
        .matches(
            "(?s)START RequestId: %1$s Version: \\$LATEST\n([^\n]*)said: Grüße\nEND RequestId: %1$s\n"
                    .formatted(id)
                + "REPORT RequestId: %s\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms"
                    .formatted(id)
                + "\tMemory Size: 512 MB\tMax Memory Used: \\d+ MB\t(Init Duration: .* ms\t)?\n");
  }

  /** INV-07, INV-08. */
  @Test
  final void oneThatTakesTooLongIsEndedAndBegunAgain() {
    host.create(function("brief", "app").put("Timeout", 2).put("MemorySize", MEMORY));
    JsonNode before = host.invokeInTime("brief", "{\"do\": \"count\"}").json();

    Reply late = host.invoke("brief", "{\"do\": \"hang\"}", "X-Amz-Log-Type", "Tail");

    assertThat(late.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(late.json().path("errorType").asString()).isEqualTo("Sandbox.Timedout");
    assertThat(late.json().path("errorMessage").asString())
        .endsWith("Error: Task timed out after 2.00 seconds");
    assertThat(report(RunningHost.tail(late))).contains("Status: timeout");
    JsonNode after = host.invokeInTime("brief", "{\"do\": \"count\"}").json();
    assertThat(after.path("calls").intValue()).isEqualTo(1);
    assertThat(after.path("process").longValue())
        .isPositive()
        .isNotEqualTo(before.path("process").longValue());
  }

  @Test
  final void fiveMegabytesGoInAndComeOut() {
    String event = "{\"text\":\"" + "Größe ".repeat(5 * 1024 * 1024 / 8) + "\"}";
    assertThat(event.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(5_000_000);

    assertThat(result(event)).isEqualTo(Json.parse(event.getBytes(StandardCharsets.UTF_8)));
    assertThat(result("{\"do\": \"count\"}").path("calls").intValue()).isPositive();
  }

  /** INV-09. */
  @Test
  final void itIsKeptForTheNextEvent() {
    JsonNode first = result("{\"do\": \"count\"}");

    JsonNode second = result("{\"do\": \"count\"}");

    assertThat(second.path("process")).isEqualTo(first.path("process"));
    assertThat(second.path("calls").intValue()).isEqualTo(first.path("calls").intValue() + 1);
  }

  /** Each of them waits for all of them. */
  @Test
  final void severalEventsRunAtOnce(@TempDir Path folder) throws Exception {
    host.create(function("crowd", "app").put("Timeout", 60).put("MemorySize", MEMORY));
    String event =
        Json.object()
            .put("do", "meet")
            .put("folder", folder.toString())
            .put("all", AT_ONCE)
            .toString();
    List<Future<Reply>> replies = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        replies.add(callers.submit(() -> host.invoke("crowd", event)));
      }
    }

    for (Future<Reply> future : replies) {
      Reply reply = future.get();
      assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
      assertThat(reply.json().asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(AT_ONCE);
    }
  }

  private static String report(String log) {
    return log.lines().filter(line -> line.startsWith("REPORT ")).findFirst().orElseThrow();
  }
}
