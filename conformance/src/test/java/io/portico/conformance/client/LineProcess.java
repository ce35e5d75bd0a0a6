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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script in another language: one line of JSON in, one line of JSON out. */
final class LineProcess implements Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private LineProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static LineProcess start(String name, Endpoint endpoint, Path folder, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Program.surround(builder, endpoint.environment());
    try {
      return new LineProcess(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode exchange(Object request) {
    CompletableFuture<@Nullable String> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> exchange(JSON.writeValueAsString(request), answer));
    try {
      @Nullable String line = answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new AssertionError(name + " ended; its last words are above");
      }
      return JSON.readTree(line);
    } catch (ExecutionException e) {
      throw new AssertionError(name + " cannot be talked to", e);
    } catch (TimeoutException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(name + " did not answer within " + LIMIT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + name + " worked", e);
    }
  }

  private void exchange(String request, CompletableFuture<@Nullable String> answer) {
    try {
      requests.write(request);
      requests.write('\n');
      requests.flush();
      answer.complete(answers.readLine());
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public String toString() {
    return name;
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
