package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invocations of a function in Node.js, as AWS was recorded (facts INV). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodeInvocationsTest {
  private static final String CODE =
      """
      const fs = require('fs');
      const os = require('os');
      let calls = 0;

      exports.handler = async (event, context) => {
        switch (event.do) {
          case 'count': return calls++;
          case 'nothing': return undefined;
          case 'echo': return event;
          case 'context': return {
            arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
            id: context.awsRequestId, group: context.logGroupName, stream: context.logStreamName,
            left: context.getRemainingTimeInMillis()};
          case 'environment': return process.env;
          case 'client': return context.clientContext;
          case 'throw': throw new TypeError('it broke');
          case 'exit': process.exit(event.status);
          case 'hang': await new Promise(resolve => setTimeout(resolve, 60000)); return 'late';
          case 'log': console.log('one line\\nwith two'); return 1;
          case 'keep': fs.writeFileSync(os.tmpdir() + '/kept', event.text); return 1;
          case 'kept': return fs.readFileSync(os.tmpdir() + '/kept', 'utf8');
          case 'pid': return process.pid;
          case 'grow': {
            const kept = [];
            for (let i = 0; i < event.megabytes; i++) {
              kept.push(Buffer.alloc(1 << 20, 1));
              if (i % 20 === 0) await new Promise(resolve => setTimeout(resolve, 20));
            }
            await new Promise(resolve => setTimeout(resolve, event.wait));
            return kept.length;
          }
          case 'large': return 'x'.repeat(event.length);
          case 'litter': {
            const lately = [];
            for (let i = 0; i < 1500; i++) {
              lately[i % 40] = Array.from({ length: 3000 }, (_, n) => ({ n, text: `${i} ${n}` }));
            }
            return lately.length;
          }
        }
      };
      """;

  private final RunningHost host = RunningHost.start(4);

  @BeforeAll
  void create() {
    ObjectNode creation =
        creation("node", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 20)
            .put("MemorySize", 256);
    creation.putObject("Environment").putObject("Variables").put("OWN", "variable");
    host.create(creation);
  }

  @AfterAll
  void end() {
    host.close();
  }

  private JsonNode result(String event) {
    Reply reply = host.invoke("node", event);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).as(reply.text()).isEmpty();
    return reply.json();
  }

  /** INV-01. */
  @Test
  void theCallerGetsWhatTheFunctionReturns() {
    Reply reply = host.invoke("node", "{\"do\": \"echo\", \"text\": \"Grüße\"}");

    assertThat(reply.text()).isEqualTo("{\"do\":\"echo\",\"text\":\"Grüße\"}");
    assertThat(reply.header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(host.invoke("node", "{\"do\": \"nothing\"}").text()).isEqualTo("null");
  }

  /** INV-09. */
  @Test
  void whatAFunctionKeepsIsThereTheNextTime() {
    int first = result("{\"do\": \"count\"}").intValue();

    assertThat(result("{\"do\": \"count\"}").intValue()).isEqualTo(first + 1);
  }

  @Test
  void theContextIsThatOfTheInvocation() {
    Reply reply = host.invoke("node:$LATEST", "{\"do\": \"context\"}");

    JsonNode context = reply.json();
    assertThat(context.path("arn").asString())
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:node:$LATEST");
    assertThat(context.path("memory").asString()).isEqualTo("256");
    assertThat(context.path("id").asString()).isEqualTo(reply.header("x-amzn-RequestId"));
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/node");
    assertThat(context.path("stream").asString())
        .matches("\\d{4}/\\d\\d/\\d\\d/\\[\\$LATEST][0-9a-f]{32}");
    assertThat(context.path("left").intValue()).isBetween(1, 20_000);
  }

  @Test
  void whatTheClientSaysOfItselfIsAnyText() {
    String context = "{\"custom\":{\"name\":\"Grüße, 世界 😀\"}}";
    String header = Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8));

    Reply reply = host.invoke("node", "{\"do\": \"client\"}", "X-Amz-Client-Context", header);

    assertThat(reply.text()).isEqualTo(context);
  }

  /** INV-15. */
  @Test
  void theEnvironmentIsThatOfAwsAndNoOther() {
    JsonNode variables = result("{\"do\": \"environment\"}");

    assertThat(variables.path("OWN").asString()).isEqualTo("variable");
    assertThat(variables.path("AWS_EXECUTION_ENV").asString()).isEqualTo("AWS_Lambda_nodejs20.x");
    assertThat(variables.path("AWS_LAMBDA_FUNCTION_NAME").asString()).isEqualTo("node");
    assertThat(variables.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asString()).isEqualTo("256");
    assertThat(variables.path("AWS_REGION").asString()).isEqualTo("us-east-1");
    assertThat(variables.path("_HANDLER").asString()).isEqualTo("index.handler");
    assertThat(variables.path("TZ").asString()).isEqualTo(":UTC");
    assertThat(variables.propertyStream().map(entry -> entry.getKey()))
        .doesNotContain("HOME", "USER", "JAVA_HOME", "MAVEN_CMD_LINE_ARGS");
  }

  /** INV-03, INV-04. */
  @Test
  void anErrorIsTheAnswer() {
    Reply reply = host.invoke("node", "{\"do\": \"throw\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("TypeError");
    assertThat(reply.json().path("errorMessage").asString()).isEqualTo("it broke");
    assertThat(reply.json().at("/trace/0").asString()).isEqualTo("TypeError: it broke");
    assertThat(reply.json().at("/trace/1").asString()).contains("index.js");
  }

  /** INV-06. */
  @Test
  void theEndOfTheProcessIsTheAnswer() {
    Reply silent = host.invoke("node", "{\"do\": \"exit\", \"status\": 0}");
    assertThat(silent.json().path("errorType").asString()).isEqualTo("Runtime.ExitError");
    assertThat(silent.json().path("errorMessage").asString())
        .isEqualTo(
            "RequestId: %s Error: Runtime exited without providing a reason"
                .formatted(silent.header("x-amzn-RequestId")));

    Reply loud = host.invoke("node", "{\"do\": \"exit\", \"status\": 3}");
    assertThat(loud.json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: exit status 3");

    assertThat(result("{\"do\": \"echo\"}").path("do").asString()).isEqualTo("echo");
  }

  /** INV-07, INV-08. */
  @Test
  void oneThatTakesTooLongIsEndedButItsFilesStay() {
    ObjectNode creation =
        creation("late", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 1);
    host.create(creation);
    host.invokeInTime("late", "{\"do\": \"keep\", \"text\": \"me\"}");
    host.invokeInTime("late", "{\"do\": \"count\"}");

    Reply late = host.invoke("late", "{\"do\": \"hang\"}", "X-Amz-Log-Type", "Tail");

    assertThat(late.status()).isEqualTo(200);
    assertThat(late.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    String id = late.header("x-amzn-RequestId");
    assertThat(late.text())
        .isEqualTo(
            "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: "
                + id
                + " Error: Task timed out after 1.00 seconds\"}");
    assertThat(RunningHost.tail(late)).contains(" " + id + " Task timed out after 1.00 seconds\n");
    assertThat(host.invokeInTime("late", "{\"do\": \"kept\"}").text()).isEqualTo("\"me\"");
    assertThat(host.invokeInTime("late", "{\"do\": \"count\"}").text()).isEqualTo("0");
  }

  /** INV-10, INV-11, and Node's form of a line. */
  @Test
  void theTailOfTheLogIsThatOfTheInvocation() {
    result("{\"do\": \"nothing\"}");

    Reply reply = host.invoke("node", "{\"do\": \"log\"}", "X-Amz-Log-Type", "Tail");

    String id = reply.header("x-amzn-RequestId");
    List<String> lines = RunningHost.tail(reply).lines().toList();
    assertThat(lines.get(0)).isEqualTo("START RequestId: " + id + " Version: $LATEST");
    assertThat(RunningHost.tail(reply))
        .containsPattern(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t"
                + id
                + "\tINFO\tone line\rwith two\n");
    assertThat(RunningHost.tail(reply)).contains("END RequestId: " + id + "\n");
    assertThat(RunningHost.tail(reply))
        .containsPattern(
            "REPORT RequestId: "
                + id
                + "\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax"
                + " Memory Used: \\d+ MB\t\n$");
  }

  @Test
  void oneThatTakesMoreMemoryThanItMayIsEnded() {
    ObjectNode creation =
        creation("greedy", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 30)
            .put("MemorySize", 256);
    host.create(creation);
    String within = "{\"do\": \"grow\", \"megabytes\": 20, \"wait\": 500}";
    assertThat(host.invoke("greedy", within).text()).isEqualTo("20");

    Reply reply = host.invoke("greedy", "{\"do\": \"grow\", \"megabytes\": 400, \"wait\": 20000}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.ExitError");
    assertThat(reply.json().path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: signal: killed");
  }

  @Test
  void garbageIsNoneOfTheMemoryItMayHave() {
    host.create(
        creation("littering", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 30)
            .put("MemorySize", 128));

    for (int i = 0; i < 3; i++) {
      assertThat(host.invoke("littering", "{\"do\": \"litter\"}").text()).isEqualTo("40");
    }
  }

  @Test
  void aModuleThatIsNotThereIsSaid() {
    host.create(creation("lost", "nodejs20.x", "nowhere.handler", Zips.of("index.js", CODE)));

    Reply reply = host.invoke("lost", "{}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.ImportModuleError");
    assertThat(reply.json().path("errorMessage").asString())
        .startsWith("Error: Cannot find module 'nowhere'");
  }

  @Test
  void anEsModuleIsNotRequired() {
    host.create(
        creation(
            "required",
            "nodejs20.x",
            "index.handler",
            Zips.of(
                Map.of(
                    "index.js",
                    "require('./esm.mjs'); exports.handler = async () => 'done';",
                    "esm.mjs",
                    "export const a = 1;"))));

    Reply reply = host.invoke("required", "{}");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorMessage").asString()).contains("require() of ES Module");
  }

  @Test
  void whatIsTooLargeIsAnError() {
    assertThat(result("{\"do\": \"large\", \"length\": 6000000}").asString()).hasSize(6_000_000);

    Reply large = host.invoke("node", "{\"do\": \"large\", \"length\": 6300000}");
    assertThat(large.json().path("errorType").asString())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(result("{\"do\": \"echo\"}").path("do").asString()).isEqualTo("echo");
  }

  @Test
  void anEventThatIsNoJsonIsRefused() {
    Reply reply = host.invoke("node", "{\"do\": ");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asString())
        .startsWith("Could not parse request body into json: Could not parse payload into json: ")
        .contains("\n at [Source: (byte[])\"{\"do\": \"; line: 1, column: ");
  }

  @Test
  void callsAtOnceRunInProcessesOfTheirOwn(@TempDir Path meeting)
      throws InterruptedException, ExecutionException {
    host.create(
        creation(
                "apart",
                "nodejs20.x",
                "index.handler",
                Zips.of(
                    "index.js",
                    """
                    const fs = require('fs');
                    exports.handler = async (event, context) => {
                      fs.writeFileSync(`${event.meeting}/${context.awsRequestId}`, '');
                      while (fs.readdirSync(event.meeting).length < 4) {
                        await new Promise(resolve => setTimeout(resolve, 10));
                      }
                      return process.pid;
                    };
                    """))
            .put("Timeout", 30));
    String event = Json.object().put("meeting", meeting.toString()).toString();
    List<Future<String>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        calls.add(callers.submit(() -> host.invoke("apart", event).text()));
      }
    }
    List<String> processes = new ArrayList<>();
    for (Future<String> call : calls) {
      processes.add(call.get());
    }

    assertThat(processes).doesNotHaveDuplicates().allMatch(pid -> pid.matches("\\d+"));
  }

  @Test
  void newCodeRunsOnceItIsReady() {
    host.create(
        creation(
            "changing",
            "nodejs20.x",
            "index.handler",
            Zips.of("index.js", "exports.handler = async () => 'old';")));
    assertThat(host.invoke("changing", "{}").text()).isEqualTo("\"old\"");

    host.functions(
        "PUT",
        "/changing/code",
        Json.object()
            .put(
                "ZipFile",
                Base64.getEncoder()
                    .encodeToString(Zips.of("index.js", "exports.handler = async () => 'new';"))));
    host.awaitReady("changing");

    assertThat(host.invoke("changing", "{}").text()).isEqualTo("\"new\"");
  }
}
