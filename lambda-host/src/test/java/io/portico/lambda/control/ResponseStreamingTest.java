package io.portico.lambda.control;

import static io.portico.lambda.RunningHost.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.lambda.Events;
import io.portico.lambda.Events.Event;
import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Zips;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** InvokeWithResponseStream, and what functions stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ResponseStreamingTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long QUIET_NANOS = 300_000_000L;

  private static final String CODE =
      """
      const fs = require('fs');
      const wait = path => new Promise(resolve => {
        const look = () => fs.existsSync(path) ? resolve() : setTimeout(look, 5);
        look();
      });

      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        stream.setContentType('text/plain');
        switch (event.do) {
          case 'wait':
            stream.write('first');
            await wait(event.path);
            stream.write('second');
            break;
          case 'fail': throw new TypeError('at once');
          case 'break':
            stream.write('first');
            await new Promise(resolve => setTimeout(resolve, 20));
            throw new TypeError('on the way');
          case 'exit':
            stream.write('first');
            await wait(event.path);
            process.exit(3);
          case 'hang':
            stream.write('first');
            await new Promise(resolve => setTimeout(resolve, 60000));
          case 'large': {
            const piece = Buffer.alloc(1 << 20, 120);
            for (let i = 0; i < event.megabytes; i++) {
              if (!stream.write(piece)) {
                await new Promise(resolve => stream.once('drain', resolve));
              }
              if (event.path) fs.writeFileSync(event.path, `${i + 1}`);
            }
            break;
          }
          case 'nothing': break;
        }
        stream.end();
        await new Promise(resolve => stream.once('finish', resolve));
        if (event.done) fs.writeFileSync(event.done, 'done');
      });
      """;

  /** Streams by hand, one chunk after the other, and may say behind them that it failed. */
  private static final String BOOTSTRAP =
      """
      #!/bin/sh
      api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
      while true; do
        event=$(curl -sS -D "$TMPDIR/head" "$api/next")
        id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^ \\r]*\\).*/\\1/p' "$TMPDIR/head" | tr -d '\\r')
        { printf one; sleep 0.05; printf two; } | curl -sS -T - -X POST -o /dev/null \\
            -H 'Lambda-Runtime-Function-Response-Mode: streaming' \\
            -H 'Transfer-Encoding: chunked' -H 'Content-Type: text/own' -H 'Expect:' "$api/$id/response"
      done
      """;

  @TempDir private Path folder;
  private final RunningHost host = RunningHost.start(4);

  @BeforeAll
  void create() {
    host.create(
        creation("streamed", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 30)
            .put("MemorySize", 512));
    host.create(
        creation("brief", "nodejs20.x", "index.handler", Zips.of("index.js", CODE))
            .put("Timeout", 2));
    host.create(
        creation(
            "whole",
            "nodejs20.x",
            "index.handler",
            Zips.of(
                "index.js",
                "exports.handler = async event => { if (event.fail) throw new Error('no');"
                    + " console.log('here'); return event; };")));
  }

  @AfterAll
  void end() {
    host.close();
  }

  private HttpResponse<InputStream> invoke(String name, String event, String... headers) {
    return host.begin(
        "POST",
        "/2021-11-15/functions/" + name + "/response-streaming-invocations",
        event.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  /** All events of an invocation. */
  private List<Event> events(String name, String event, String... headers) throws IOException {
    HttpResponse<InputStream> response = invoke(name, event, headers);
    assertThat(response.statusCode()).isEqualTo(200);
    List<Event> all = new ArrayList<>();
    try (InputStream body = response.body()) {
      Events events = new Events(body);
      for (Event next = events.next(); next != null; next = events.next()) {
        all.add(next);
      }
    }
    return all;
  }

  private static String chunks(List<Event> events) {
    StringBuilder chunks = new StringBuilder();
    for (Event event : events.subList(0, events.size() - 1)) {
      assertThat(event.type()).isEqualTo("PayloadChunk");
      chunks.append(event.text());
    }
    assertThat(events.getLast().type()).isEqualTo("InvokeComplete");
    return chunks.toString();
  }

  @Test
  void aPieceIsThereBeforeTheFunctionGoesOn() throws IOException {
    Path file = folder.resolve("go");

    HttpResponse<InputStream> response =
        invoke("streamed", "{\"do\": \"wait\", \"path\": \"" + file + "\"}");

    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/vnd.amazon.eventstream");
    assertThat(response.headers().firstValue("X-Amz-Executed-Version")).hasValue("$LATEST");
    try (InputStream body = response.body()) {
      Events events = new Events(body);
      assertThat(events.expect().text()).isEqualTo("first");
      Files.writeString(file, "go");
      assertThat(events.expect().text()).isEqualTo("second");
      Event complete = events.expect();
      assertThat(complete.type()).isEqualTo("InvokeComplete");
      assertThat(complete.text()).isEqualTo("{}");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void whatAFunctionReturnsAsAWholeIsOneChunk() throws IOException {
    List<Event> events = events("whole", "{\"a\":1}", "X-Amz-Log-Type", "Tail");

    assertThat(events).hasSize(2);
    assertThat(chunks(events)).isEqualTo("{\"a\":1}");
    String log = events.getLast().json().path("LogResult").asString();
    assertThat(new String(Base64.getDecoder().decode(log), StandardCharsets.UTF_8))
        .contains("START RequestId: ")
        .contains("here");
  }

  @Test
  void aFailureIsToldAtTheEnd() throws IOException {
    for (String name : List.of("whole", "streamed")) {
      List<Event> events = events(name, "{\"do\": \"fail\", \"fail\": true}");

      assertThat(events).hasSize(1);
      assertThat(events.getLast().type()).isEqualTo("InvokeComplete");
      assertThat(events.getLast().json().path("ErrorCode").asString()).isEqualTo("Unhandled");
      assertThat(events.getLast().json().path("ErrorDetails").asString())
          .contains("\"errorType\":")
          .contains("\"errorMessage\":");
    }
  }

  @Test
  void aFailureOnTheWayComesBehindWhatWasStreamed() throws IOException {
    List<Event> events = events("streamed", "{\"do\": \"break\"}");

    assertThat(chunks(events)).isEqualTo("first");
    assertThat(events.getLast().json().path("ErrorCode").asString()).isEqualTo("Unhandled");
    JsonNode document = Json.parse(events.getLast().json().path("ErrorDetails").asString());
    assertThat(document.path("errorType").asString()).isEqualTo("TypeError");
    assertThat(document.path("errorMessage").asString()).isEqualTo("on the way");
  }

  @Test
  void aProcessThatEndsOnTheWayEndsTheStream() throws IOException {
    Path file = folder.resolve("exit");

    try (InputStream body =
        invoke("streamed", "{\"do\": \"exit\", \"path\": \"" + file + "\"}").body()) {
      Events events = new Events(body);
      assertThat(events.expect().text()).isEqualTo("first");
      Files.writeString(file, "go");
      Event complete = events.expect();
      assertThat(complete.type()).isEqualTo("InvokeComplete");
      assertThat(complete.json().path("ErrorDetails").asString())
          .contains("Runtime.ExitError")
          .contains("exit status 3");
    }
    assertThat(chunks(events("streamed", "{\"do\": \"nothing\"}"))).isEmpty();
  }

  @Test
  void theTimeoutHoldsForAStreamToo() throws IOException {
    // Its process is there and has streamed before, if that took no longer than it may.
    List<Event> _ = events("brief", "{\"do\": \"nothing\"}");

    List<Event> events = events("brief", "{\"do\": \"hang\"}");

    assertThat(chunks(events)).isEqualTo("first");
    assertThat(events.getLast().json().path("ErrorDetails").asString())
        .contains("Sandbox.Timedout")
        .contains("Task timed out after 2.00 seconds");
  }

  @Test
  void aStreamMayBeLongerThanAnAnswerInOnePiece() throws IOException {
    assertThat(chunks(events("streamed", "{\"do\": \"large\", \"megabytes\": 20}")))
        .hasSize(20 << 20);
  }

  @Test
  void aStreamHasAnEndToo() throws IOException {
    HttpResponse<InputStream> response =
        invoke("streamed", "{\"do\": \"large\", \"megabytes\": 205}");

    long total = 0;
    Event next;
    try (InputStream body = response.body()) {
      Events events = new Events(body);
      next = events.expect();
      while (next.type().equals("PayloadChunk")) {
        total += next.payload().length;
        next = events.expect();
      }
    }
    assertThat(total).isBetween(199L << 20, 200L << 20);
    assertThat(next.json().path("ErrorDetails").asString())
        .contains("Function.ResponseSizeTooLarge");
  }

  /** A function that is a long way ahead of whoever reads waits. */
  @Test
  void nothingPilesUpForACallerWhoDoesNotRead() throws IOException {
    Path file = folder.resolve("written");
    String event = "{\"do\": \"large\", \"megabytes\": 100, \"path\": \"" + file + "\"}";

    try (InputStream body = invoke("streamed", event).body()) {
      Event first = new Events(body).expect();
      assertThat(first.type()).isEqualTo("PayloadChunk");

      assertThat(stalled(file)).isLessThan(60);

      body.transferTo(OutputStream.nullOutputStream());
    }
    assertThat(Files.readString(file)).isEqualTo("100");
  }

  /** The number in a file once it stays as it is. */
  private static int stalled(Path file) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long since = System.nanoTime();
    String last = "";
    while (System.nanoTime() < deadline) {
      String now = Files.exists(file) ? Files.readString(file) : "";
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      } else if (!now.isEmpty() && System.nanoTime() - since > QUIET_NANOS) {
        return Integer.parseInt(now);
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("still growing at " + last);
  }

  /** AWS: its client's end is not a function's; source: documented. */
  @Test
  void aFunctionGoesOnWhenItsCallerHasGone() throws IOException {
    Path go = folder.resolve("alone");
    Path done = folder.resolve("done");
    try (InputStream body =
        invoke(
                "streamed",
                "{\"do\": \"wait\", \"path\": \"%s\", \"done\": \"%s\"}".formatted(go, done))
            .body()) {
      assertThat(new Events(body).expect().text()).isEqualTo("first");
    }

    Files.writeString(go, "go");

    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!Files.exists(done) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThat(done).exists();
  }

  @Test
  void whoWantsTheAnswerWholeGetsItWhole() {
    Reply reply = host.invoke("streamed", "{\"do\": \"large\", \"megabytes\": 2}");
    assertThat(reply.body()).hasSize(2 << 20);

    Reply broken = host.invoke("streamed", "{\"do\": \"break\"}");
    assertThat(broken.header("X-Amz-Function-Error")).isEqualTo("Unhandled");
    assertThat(broken.json().path("errorMessage").asString()).isEqualTo("on the way");

    Reply large = host.invoke("streamed", "{\"do\": \"large\", \"megabytes\": 7}");
    assertThat(large.json().path("errorType").asString())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(large.json().path("errorMessage").asString()).contains("6291556");
  }

  @Test
  void aRuntimeOfItsOwnStreams() throws IOException {
    host.create(
        creation("own", "provided.al2023", "any", Zips.ofProgram("bootstrap", BOOTSTRAP))
            .put("Timeout", 20));

    List<Event> events = events("own", "{}");

    assertThat(chunks(events)).isEqualTo("onetwo");
    assertThat(events.getLast().text()).isEqualTo("{}");
  }

  @Test
  void aDryRunInvokesNothing() {
    HttpResponse<InputStream> response =
        invoke("streamed", "{\"do\": \"fail\"}", "X-Amz-Invocation-Type", "DryRun");

    assertThat(response.statusCode()).isEqualTo(204);
  }

  @Test
  void whatInvokeRefusesIsRefusedBeforeAnythingStreams() throws IOException {
    try (InputStream body = invoke("unknown", "{}").body()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Function not found: arn:aws:lambda:us-east-1:000000000000:function:unknown");
    }
    assertThat(invoke("unknown", "{}").statusCode()).isEqualTo(404);
    assertThat(invoke("streamed", "{").statusCode()).isEqualTo(400);
    host.create(creation("throttled", "nodejs20.x", "index.handler", Zips.of("index.js", CODE)));
    Reply reserved =
        host.call(
            "PUT",
            "/2017-10-31/functions/throttled/concurrency",
            Json.bytes(Json.object().put("ReservedConcurrentExecutions", 0)));
    assertThat(reserved.status()).isEqualTo(200);
    assertThat(invoke("throttled", "{}").statusCode()).isEqualTo(429);
  }
}
