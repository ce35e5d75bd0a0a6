package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A script in another language that holds an SDK: one line in, an operation with its input; one
 * line out, its result or the error that the SDK raised.
 */
final class LineDriver implements AwsClient, Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private LineDriver(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static LineDriver start(String name, Endpoint endpoint, Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Program.surround(builder, endpoint.environment());
    try {
      return new LineDriver(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JsonNode call(String operation, Map<String, ?> input) {
    JsonNode answer =
        exchange(JSON.writeValueAsString(Map.of("operation", operation, "input", input)));
    if (answer.has("error")) {
      JsonNode error = answer.get("error");
      throw new AwsFailure(
          error.path("code").asString(),
          error.path("type").asString(),
          error.path("status").asInt(),
          error.path("message").asString());
    }
    if (!answer.has("output")) {
      throw new AssertionError(name + " failed by itself: " + answer);
    }
    return answer.get("output");
  }

  private JsonNode exchange(String request) {
    try {
      requests.write(request);
      requests.write('\n');
      requests.flush();
      @Nullable String answer = answers.readLine();
      if (answer == null) {
        throw new AssertionError(name + " ended; its last words are above");
      }
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    answers.close();
  }
}
