package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a call leaves in the execution log of its stage is read by AWS's command line. */
final class ExecutionLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void theCommandLineShowsWhatACallHasLogged() {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      Path aws = Needed.program("aws");
      SmallApi api = logging(sdk);

      HttpResponse<String> answered =
          Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/pets/7?one=1"));

      String id = answered.headers().firstValue("x-amzn-RequestId").orElseThrow();
      String log = logged(aws, server.endpoint(), api.id(), id);
      assertThat(log)
          .contains(
              "(" + id + ") Starting execution for request: " + id,
              "(" + id + ") HTTP Method: GET, Resource Path: /pets/7",
              "(" + id + ") Method request path: {petId=7}",
              "(" + id + ") Method request query string: {one=1}",
              "(" + id + ") Method response body after transformations: " + answered.body(),
              "(" + id + ") Successfully completed execution",
              "(" + id + ") Method completed with status: 200");
    }
  }

  @Test
  void standardOutputHasEachEventAsALineOfJsonWhereThatIsAskedFor() {
    try (PorticoProcess server =
            PorticoProcess.start(
                Map.of("PORTICO_EXECUTION_LOG_FILE", "-"), "serve", "--ephemeral", "--port", "0");
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi api = logging(sdk);

      HttpResponse<String> answered =
          Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/pets/7"));

      String id = answered.headers().firstValue("x-amzn-RequestId").orElseThrow();
      String message = "(" + id + ") Method completed with status: 200";
      JsonNode event =
          JsonMapper.shared().readTree(server.awaitLine(text -> text.contains(message)));
      assertThat(event.path("logGroup").asString())
          .isEqualTo("API-Gateway-Execution-Logs_" + api.id() + "/" + STAGE);
      assertThat(event.path("requestId").asString()).isEqualTo(id);
      assertThat(event.path("message").asString()).isEqualTo(message);
    }
  }

  /** An API whose stage logs everything. */
  private static SmallApi logging(JavaSdk sdk) {
    SmallApi api = SmallApi.build(sdk, "127.0.0.1:9").deploy();
    sdk.call(
        "UpdateAccount",
        Map.of(
            "patchOperations",
            List.of(
                SmallApi.replace(
                    "/cloudwatchRoleArn", "arn:aws:iam::" + Endpoint.ACCOUNT + ":role/logs"))));
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(
            SmallApi.replace("/*/*/logging/loglevel", "INFO"),
            SmallApi.replace("/*/*/logging/dataTrace", "true")));
    return api;
  }

  /** Asked until the last event is there: it is written a moment after the answer. */
  private String logged(Path aws, Endpoint endpoint, String apiId, String requestId) {
    long begin = System.nanoTime();
    Program.Outcome outcome;
    do {
      outcome =
          Program.run(
              folder,
              endpoint.environment(),
              LIMIT,
              List.of(
                  aws.toString(),
                  "logs",
                  "filter-log-events",
                  "--log-group-name",
                  "API-Gateway-Execution-Logs_" + apiId + "/" + STAGE,
                  "--filter-pattern",
                  "\"" + requestId + "\"",
                  "--query",
                  "events[].message",
                  "--output",
                  "text"));
    } while (!(outcome.succeeded() && outcome.out().contains("X-ray Tracing ID"))
        && System.nanoTime() - begin < LIMIT.toNanos());
    return outcome.out();
  }
}
