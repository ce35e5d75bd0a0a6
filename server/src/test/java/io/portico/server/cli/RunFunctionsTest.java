package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.server.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code portico run} on folders that have functions. */
final class RunFunctionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String API =
      """
      openapi: 3.0.1
      info: {title: Greetings, version: "1"}
      paths:
        /hello:
          get:
            responses: {"200": {description: A greeting}}
            x-amazon-apigateway-integration:
              type: aws_proxy
              httpMethod: POST
              uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:greeter/invocations
      """;
  private static final String CODE =
      """
      export const handler = async () => ({
        statusCode: 200, body: `Hello, ${process.env.WHOM ?? 'nobody'}`});
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void aFunctionRunsBehindTheApiOfItsRunAndFollowsItsFiles() throws Exception {
    Files.writeString(folder.resolve("api.yaml"), API);
    write("index.mjs", CODE);
    write(
        FunctionDefinition.FILE,
        settings(", \"Environment\": {\"Variables\": {\"WHOM\": \"Ada\"}}"));

    RunCommand.Running running = start();
    try (Gateway _ = running.gateway();
        FunctionWatch _ = running.watch()) {
      String url = running.apis().getFirst().url() + "/hello";
      String first = get(url);
      write("index.mjs", CODE.replace("Hello", "Good day"));
      String withNewCode = await(url, "Good day, Ada");
      write(FunctionDefinition.FILE, "{\"Runtime\":");
      write("index.mjs", CODE.replace("Hello", "Hi"));
      String withBrokenSettings = await(url, "Hi, Ada");
      write(FunctionDefinition.FILE, settings(", \"Timeout\": 20"));
      String withNewSettings = await(url, "Hi, nobody");

      assertThat(first).isEqualTo("Hello, Ada");
      assertThat(withNewCode).isEqualTo("Good day, Ada");
      assertThat(withBrokenSettings).isEqualTo("Hi, Ada");
      assertThat(withNewSettings).isEqualTo("Hi, nobody");
    }
  }

  @Test
  void aFolderOfFunctionsAloneSaysHowToInvokeThem() throws Exception {
    write("index.mjs", CODE);
    write(FunctionDefinition.FILE, settings(""));

    RunCommand.Running running = start("--json");
    try (Gateway gateway = running.gateway()) {
      JsonNode function = Json.parse(announced(running)).path("functions").path(0);
      HttpResponse<String> answer = invoke(function.path("url").asString());

      assertThat(function.path("functionName").asString()).isEqualTo("greeter");
      assertThat(function.path("functionArn").asString())
          .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:greeter");
      assertThat(function.path("curl").asString())
          .isEqualTo("curl -d '{}' " + gateway.url() + "/2015-03-31/functions/greeter/invocations");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Hello, nobody");
    }
  }

  @Test
  void peopleReadTheSameInLines() throws Exception {
    write("index.mjs", CODE);
    Path file = write(FunctionDefinition.FILE, settings(""));

    RunCommand.Running running = start();
    try (Gateway gateway = running.gateway()) {
      assertThat(announced(running).lines())
          .containsSubsequence(
              "greeter (" + file + "), function in nodejs20.x:",
              "  curl -d '{}' " + gateway.url() + "/2015-03-31/functions/greeter/invocations");
    }
  }

  @Test
  void whatLambdaRefusesEndsTheRunAndNamesTheFile() throws Exception {
    Path file = write(FunctionDefinition.FILE, settings("").replace("nodejs20.x", "nodejs99.x"));

    assertThatThrownBy(this::start)
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(file + ": Value nodejs99.x at 'runtime' failed");
  }

  private RunCommand.Running start(String... more) {
    String[] words = {folder.toString(), "--port", "0"};
    List<String> all = Stream.of(words, more).flatMap(Stream::of).toList();
    return RunCommand.start(Arguments.read(new RunCommand(), all));
  }

  private static String announced(RunCommand.Running running) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      running.announce(out);
    }
    return text.toString();
  }

  private static String settings(String more) {
    return "{\"Runtime\": \"nodejs20.x\", \"Handler\": \"index.handler\"" + more + "}";
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve("functions/greeter").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /** The answer, once it is what is waited for; else the last one. */
  private static String await(String url, String wanted) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String answer = get(url);
      if (answer.equals(wanted) || System.nanoTime() - deadline > 0) {
        return answer;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    return sent(HttpRequest.newBuilder(URI.create(url))).body();
  }

  private static HttpResponse<String> invoke(String url) throws IOException, InterruptedException {
    return sent(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString("{}")));
  }

  private static HttpResponse<String> sent(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
  }
}
