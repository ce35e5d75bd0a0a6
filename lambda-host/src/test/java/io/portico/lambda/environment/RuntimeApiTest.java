package io.portico.lambda.environment;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogEvent;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What the Runtime API takes and refuses, by a runtime in the shell, with curl. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RuntimeApiTest {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final String OK = "{\"status\":\"OK\"}";
  private static final String INVALID_ID =
      "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}";

  /**
   * Does what an event says; keeps what the Runtime API answers in a file, a line a call, which is
   * the answer to the next event that asks for it.
   */
  private static final String BOOTSTRAP =
      """
      #!/bin/sh
      root=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
      api=$root/invocation
      said=$TMPDIR/said

      call() {
        curl -sS -o "$TMPDIR/body" -w '%{http_code} ' "$@" >>"$said"
        cat "$TMPDIR/body" >>"$said"
        echo >>"$said"
      }

      take() {
        event=$(curl -sS -D "$TMPDIR/head" "$api/next")
        id=$(tr -d '\\r' <"$TMPDIR/head" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *//p')
      }

      while true; do
        take
        case $event in
          *told*)
            curl -sS -o /dev/null --data-binary "@$said" -H 'Content-Type: text/plain' "$api/$id/response"
            rm "$said" ;;
          *running*)
            call -d 1 "$api/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response"
            call -d 1 "$api/8476a536-e9f4-11e8-9739-2dfe598c3fcd/error"
            call -d 1 "$root/init/error"
            call -d 1 "$api/$id/elsewhere"
            call -X PUT -d 1 "$api/$id/response"
            first=$id
            take
            [ "$first" = "$id" ] && echo "again $event" >>"$said"
            call -d '"ran"' "$api/$id/response" ;;
          *twice*)
            call -d '"once"' "$api/$id/response"
            call -d '"twice"' "$api/$id/response"
            call -d '{}' "$api/$id/error" ;;
          *types*)
            call -d 'no <json>' -H 'Content-Type: no/such; type, at all' "$api/$id/response" ;;
          *mode*)
            call -d 1 -H 'Lambda-Runtime-Function-Response-Mode: sideways' "$api/$id/response" ;;
          *large*)
            head -c 6291557 /dev/zero >"$TMPDIR/large"
            call --data-binary "@$TMPDIR/large" -H 'Expect:' "$api/$id/response" ;;
          *wrong*)
            call --data-binary "@$TMPDIR/large" -H 'Expect:' "$api/$id/error" ;;
          *cut*)
            { printf part; sleep 2; } | timeout 1 curl -sS -T - -X POST "$api/$id/response" ;;
          *untyped*)
            call -X POST -H 'Content-Length: 0' "$api/$id/error" ;;
          *typed*)
            call -X POST -H 'Content-Length: 0' -H 'Lambda-Runtime-Function-Error-Type: Own.Error' \\
              "$api/$id/error" ;;
          *cause*)
            call -d '{"errorMessage": "no", "errorType": "Own", "stackTrace": []}' \\
              -H 'Lambda-Runtime-Function-XRay-Error-Cause: {"message": "Grüße"}' "$api/$id/error" ;;
          *late*)
            # Outlives this process, and answers when its invocation is over.
            (setsid sh -c "left=300
              until [ -e '$GO' ] || [ \\$left = 0 ]; do sleep 0.1; left=\\$((left - 1)); done
              for call in next $id/response; do
                method=\\$([ \\$call = next ] && echo GET || echo POST)
                curl -sS -X \\$method -m 20 -w ' %{http_code}\\\\n' $api/\\$call >>'$GO.part'
              done
              mv '$GO.part' '$GO.done'" >/dev/null 2>&1 &)
            sleep 60 ;;
        esac
      done
      """;

  private Path folder = Path.of("");
  private final RunningHost host = RunningHost.start(1);

  private final Deadlines deadlines = new Deadlines();

  @BeforeAll
  void create(@TempDir Path temporary) {
    folder = temporary;
    create("own", 20);
  }

  @AfterAll
  void end() {
    host.close();
    deadlines.close();
  }

  private void create(String name, int timeout) {
    ObjectNode function =
        creation(name, "provided.al2023", "any", Zips.ofProgram("bootstrap", BOOTSTRAP))
            .put("Timeout", timeout);
    function
        .putObject("Environment")
        .putObject("Variables")
        .put("GO", folder.resolve("go").toString());
    host.create(function);
  }

  private Reply invoke(String what) {
    return host.invoke("own", "\"" + what + "\"", "X-Amz-Log-Type", "Tail");
  }

  private List<String> told() {
    return invoke("told").text().lines().toList();
  }

  private static String refusal(String type, String message) {
    return Json.object().put("errorMessage", message).put("errorType", type).toString();
  }

  private static String notAllowed(String from, String to) {
    return "403 "
        + refusal(
            "InvalidStateTransition",
            "State transition from %s to %s failed for runtime. Error: State transition is not allowed"
                .formatted(from, to));
  }

  @Test
  void whatDoesNotFitARunningInvocationIsRefusedAndItGoesOn() {
    assertThat(invoke("running").text()).isEqualTo("\"ran\"");

    List<String> told = told();
    assertThat(told).hasSize(7);
    assertThat(told.subList(0, 3))
        .containsExactly(
            "400 " + INVALID_ID, "400 " + INVALID_ID, notAllowed("Running", "InitError"));
    assertThat(told.get(3)).startsWith("404 ").contains("\"errorType\":");
    assertThat(told.get(4)).startsWith("404 ").contains("\"errorType\":");
    assertThat(told.subList(5, 7)).containsExactly("again \"running\"", "202 " + OK);
  }

  /** The status and the text were reported by users of AWS, github.com/brefphp/bref/issues/1562. */
  @Test
  void anInvocationIsAnsweredOnce() {
    assertThat(invoke("twice").text()).isEqualTo("\"once\"");

    assertThat(told())
        .containsExactly(
            "202 " + OK,
            notAllowed("RuntimeResponseSentState", "InvocationResponse"),
            notAllowed("RuntimeResponseSentState", "InvocationErrorResponse"));
  }

  @Test
  void anAnswerIsWhatItIsWhateverItsTypeSays() {
    assertThat(invoke("types").text()).isEqualTo("no <json>");

    assertThat(told()).containsExactly("202 " + OK);
  }

  @Test
  void aResponseModeThatThereIsNotFailsTheInvocation() {
    Reply reply = invoke("mode");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString())
        .isEqualTo("Runtime.InvalidResponseModeHeader");
    assertThat(told())
        .containsExactly(
            "400 " + refusal("InvalidFunctionResponseMode", "Invalid function response mode"));
  }

  @Test
  void whatIsTooLargeIsRefusedAndIsTheError() {
    String tooLarge =
        "413 "
            + refusal(
                "RequestEntityTooLarge", "Exceeded maximum allowed payload size (6291556 bytes).");
    for (String what : List.of("large", "wrong")) {
      Reply reply = invoke(what);

      assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
      assertThat(reply.text())
          .isEqualTo(
              Json.object()
                  .put("errorType", "Function.ResponseSizeTooLarge")
                  .put(
                      "errorMessage",
                      "Response payload size exceeded maximum allowed payload size (6291556 bytes).")
                  .toString());
      assertThat(told()).containsExactly(tooLarge);
    }
  }

  @Test
  void aResponseThatBreaksOffIsAnErrorAtOnce() {
    Reply reply = invoke("cut");

    assertThat(reply.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(reply.json().path("errorType").asString()).isEqualTo("Runtime.TruncatedResponse");
    assertThat(invoke("types").text()).isEqualTo("no <json>");
    assertThat(told()).containsExactly("202 " + OK);
  }

  @Test
  void anErrorWithoutADocumentHasItsTypeForOne() {
    Reply untyped = invoke("untyped");
    Reply typed = invoke("typed");

    assertThat(untyped.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(untyped.text())
        .isEqualTo("{\"errorType\":\"Runtime.Unknown\",\"errorMessage\":\"\"}");
    assertThat(RunningHost.tail(untyped)).contains("REPORT ").doesNotContain("Status:");
    assertThat(typed.text()).isEqualTo("{\"errorType\":\"Own.Error\",\"errorMessage\":\"\"}");
    assertThat(told()).containsExactly("202 " + OK, "202 " + OK);
  }

  @Test
  void theCauseOfAnErrorMayHaveAnyText() {
    assertThat(invoke("cause").text())
        .isEqualTo("{\"errorMessage\": \"no\", \"errorType\": \"Own\", \"stackTrace\": []}");

    assertThat(told()).containsExactly("202 " + OK);
  }

  /** AWS: 500 is a state that cannot be left, and the runtime is to exit; source: documented. */
  @Test
  void whoComesAfterTheTimeoutIsTurnedAway() throws IOException {
    create("late", 2);
    Reply late = host.invoke("late", "\"late\"");
    assertThat(late.json().path("errorType").asString()).isEqualTo("Sandbox.Timedout");

    Files.createFile(folder.resolve("go"));

    Path done = folder.resolve("go.done");
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(done) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
    }
    String gone = refusal("InternalServerError", "The execution environment has ended") + " 500";
    assertThat(done).hasContent(gone + "\n" + gone + "\n");
    assertThat(host.logs("late").stream().map(LogEvent::message))
        .anyMatch(line -> line.contains("Task timed out after 2.00 seconds"));
  }

  // --- What the process is ended for before it could ask again

  private static HttpResponse asked(RuntimeApi api, String method, String path, String body) {
    InetSocketAddress somewhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return api.handle(
        new HttpRequest(
            method,
            "/2018-06-01/runtime/" + path,
            "HTTP/1.1",
            Headers.of("Lambda-Runtime-Function-Error-Type", "Runtime.NoSuchHandler"),
            Body.of(body),
            new ClientConnection(somewhere, somewhere, null),
            System.nanoTime()));
  }

  private static String text(HttpResponse response) throws IOException {
    return response.status()
        + " "
        + new String(response.body().readAll(10_000), StandardCharsets.UTF_8);
  }

  @Test
  void oneThatHasFailedToBeginGetsNoEvent() throws IOException {
    RuntimeSession session = new RuntimeSession(deadlines);
    RuntimeApi api = new RuntimeApi(() -> session);

    assertThat(text(asked(api, "POST", "init/error", "{}"))).isEqualTo("202 " + OK);

    assertThat(text(asked(api, "POST", "init/error", "{}")))
        .isEqualTo(notAllowed("InitError", "InitError"));
    assertThat(text(asked(api, "GET", "invocation/next", "")))
        .isEqualTo(notAllowed("InitError", "Ready"));
    assertThat(text(asked(api, "POST", "invocation/1/response", "{}")))
        .isEqualTo("400 " + INVALID_ID);
  }
}
