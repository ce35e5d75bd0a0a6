package io.portico.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.ServerProcess;
import io.portico.server.ServerProcess.Ended;
import io.portico.server.config.ConfigLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code portico logs} beside a gateway, over CloudWatch Logs' API. */
final class LogsCommandTest {
  private static final String GROUP = "/aws/lambda/hello";
  private static final String STREAM = "2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef";

  @TempDir Path folder = Path.of("");

  private final Gateway gateway =
      GatewayAssembly.start(
          new ConfigLoader()
              .load(null, Map.of(), Map.of("ephemeral", "true", "port", "0"))
              .config());
  private final RunningPortico portico = RunningPortico.of(gateway.url(), null, Map.of());

  @AfterEach
  void close() {
    gateway.close();
  }

  private void createStream(String name) {
    JsonNode _ =
        portico.logs(
            "CreateLogStream", Json.object().put("logGroupName", GROUP).put("logStreamName", name));
  }

  private void put(String stream, Instant time, String... messages) {
    ObjectNode input = Json.object().put("logGroupName", GROUP).put("logStreamName", stream);
    ArrayNode events = input.putArray("logEvents");
    for (int i = 0; i < messages.length; i++) {
      events.addObject().put("timestamp", time.toEpochMilli() + i).put("message", messages[i]);
    }
    JsonNode _ = portico.logs("PutLogEvents", input);
  }

  private void log() {
    JsonNode _ = portico.logs("CreateLogGroup", Json.object().put("logGroupName", GROUP));
    createStream(STREAM);
    createStream("other");
    Instant now = Instant.now();
    put(STREAM, now.minusSeconds(3600), "an hour ago");
    put(STREAM, now.minusSeconds(300), "one\n", "two\rlines\n");
    put("other", now.minusSeconds(30), "ERROR three");
  }

  private Ended run(String... words) throws Exception {
    return ServerProcess.run(folder, words(words));
  }

  private String[] words(String... words) {
    return Stream.concat(
            Stream.of("logs", "--endpoint", gateway.url(), "--region", "us-east-1"),
            Stream.of(words))
        .toArray(String[]::new);
  }

  @Test
  void printsTimeEnvironmentAndMessage() throws Exception {
    log();

    Ended ended = run(GROUP);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .matches(
            "(?s)\\S+T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z 01234567 one\n\\S+Z 01234567 two\nlines\n\\S+Z other ERROR three\n");
  }

  @Test
  void goesBackAsFarAsItIsToldAndFilters() throws Exception {
    log();

    assertThat(run(GROUP, "--since", "2h").out()).contains("an hour ago", "one");
    assertThat(run(GROUP, "--since", "3m").out()).contains("three").doesNotContain("one");
    assertThat(run(GROUP, "--filter", "ERROR").out()).hasLineCount(1).contains("three");
  }

  @Test
  void printsObjectsForMachines() throws Exception {
    log();

    List<JsonNode> events = run(GROUP, "--json").out().lines().map(Json::parse).toList();

    assertThat(events)
        .extracting(event -> event.path("message").asString())
        .containsExactly("one\n", "two\rlines\n", "ERROR three");
    assertThat(events.getFirst().path("logStreamName").asString()).isEqualTo(STREAM);
  }

  @Test
  void whatIsNotThereIsOneLineAndStatusSeven() throws Exception {
    Ended group = run(GROUP);
    Ended function = run("nobody");
    gateway.close();
    Ended server = run("nobody");

    assertThat(List.of(group, function, server))
        .allSatisfy(
            ended -> {
              assertThat(ended.status()).isEqualTo(ExitStatus.REQUEST.code());
              assertThat(ended.out()).isEmpty();
              assertThat(ended.err()).hasLineCount(1);
            });
    assertThat(group.err()).contains(GROUP + " is not there");
    assertThat(function.err()).contains("Function not found: arn:aws:lambda:").contains("nobody");
    assertThat(server.err()).contains("no Portico answers at " + gateway.url());
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() throws Exception {
    Ended age = run(GROUP, "--since", "soon");
    Ended endpoint = ServerProcess.run(folder, "logs", "x", "--endpoint", "nowhere");

    assertThat(age.status()).isEqualTo(ExitStatus.USAGE.code());
    assertThat(age.err()).hasLineCount(1).contains("--since soon");
    assertThat(endpoint.status()).isEqualTo(ExitStatus.REQUEST.code());
    assertThat(endpoint.err()).hasLineCount(1).contains("nowhere");
  }

  @Test
  void followsWhatIsLoggedFromNowOnEachEventOnce() throws Exception {
    log();
    Process following =
        new ProcessBuilder(ServerProcess.command(words(GROUP, "--follow")))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(following.getInputStream(), UTF_8));
      List<String> first = lines(lines, 4);

      put(STREAM, Instant.now(), "four");
      put("other", Instant.now().minusSeconds(2), "came late");
      List<String> next = lines(lines, 2);

      assertThat(first.getFirst()).endsWith(" one");
      assertThat(first.getLast()).endsWith(" ERROR three");
      assertThat(next).anyMatch(line -> line.endsWith(" four"));
      assertThat(next).anyMatch(line -> line.endsWith(" came late"));
    } finally {
      following.destroyForcibly();
    }
  }

  @Test
  void whatADeletedFunctionHasLoggedIsThere() throws Exception {
    log();

    Ended ended = run("hello");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("ERROR three");
  }

  @Test
  void followsAFunctionThatIsNotMadeYet() throws Exception {
    Process following =
        new ProcessBuilder(ServerProcess.command(words("hello", "--follow")))
            .directory(folder.toFile())
            .start();
    try (BufferedReader notes = following.errorReader(UTF_8);
        BufferedReader lines = following.inputReader(UTF_8)) {
      List<String> first = lines(notes, 1);

      log();

      assertThat(first.getFirst()).contains("Function not found").endsWith("; waiting for it");
      assertThat(lines(lines, 4).getLast()).endsWith(" ERROR three");
    } finally {
      following.destroyForcibly();
    }
  }

  @Test
  void followsOverARestart() throws Exception {
    Map<String, String> settings = Map.of("data", folder.resolve("data").toString(), "port", "0");
    int port;
    Process following;
    try (Gateway before = start(settings)) {
      port = URI.create(before.url()).getPort();
      put(RunningPortico.of(before.url(), null, Map.of()), "one");
      following =
          new ProcessBuilder(
                  ServerProcess.command("logs", "--endpoint", before.url(), GROUP, "--follow"))
              .directory(folder.toFile())
              .start();
      try {
        assertThat(lines(following.inputReader(UTF_8), 1).getFirst()).endsWith(" one");
      } catch (Exception | AssertionError e) {
        following.destroyForcibly();
        throw e;
      }
    }
    try (BufferedReader notes = following.errorReader(UTF_8)) {
      String note = lines(notes, 1).getFirst();
      Map<String, String> again = new HashMap<>(settings);
      again.put("port", Integer.toString(port));
      try (Gateway after = start(again)) {
        put(RunningPortico.of(after.url(), null, Map.of()), "two");

        assertThat(lines(following.inputReader(UTF_8), 1).getFirst()).endsWith(" two");
        assertThat(note).endsWith("; waiting for it");
        assertThat(following.isAlive()).isTrue();
      }
    } finally {
      following.destroyForcibly();
    }
  }

  private static Gateway start(Map<String, String> settings) {
    return GatewayAssembly.start(new ConfigLoader().load(null, Map.of(), settings).config());
  }

  private static void put(RunningPortico portico, String message) {
    ObjectNode stream =
        Json.object().put("logGroupName", GROUP).put("logStreamName", STREAM + message);
    if (message.equals("one")) {
      JsonNode _ = portico.logs("CreateLogGroup", Json.object().put("logGroupName", GROUP));
    }
    JsonNode _ = portico.logs("CreateLogStream", stream);
    ObjectNode input = stream.deepCopy();
    input
        .putArray("logEvents")
        .addObject()
        .put("timestamp", Instant.now().toEpochMilli())
        .put("message", message);
    JsonNode _ = portico.logs("PutLogEvents", input);
  }

  private static List<String> lines(BufferedReader reader, int count) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> {
              List<String> lines = new ArrayList<>();
              try {
                while (lines.size() < count) {
                  String line = reader.readLine();
                  if (line == null) {
                    break;
                  }
                  lines.add(line);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              return lines;
            })
        .get(60, TimeUnit.SECONDS);
  }
}
