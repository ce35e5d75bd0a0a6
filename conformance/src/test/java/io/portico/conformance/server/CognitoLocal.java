package io.portico.conformance.server;

import io.portico.conformance.process.NodePackages;
import io.portico.conformance.process.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * cognito-local, which speaks the API of Cognito's user pools and signs tokens: a process of its
 * own, on a port that the system chose.
 */
public final class CognitoLocal implements AutoCloseable {
  /** What its tokens have as {@code iss} before the pool's id. */
  public static final String ISSUER = "http://cognito.example";

  private static final String PROGRAM = "start.mjs";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("running on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI url;

  private CognitoLocal(Process process) {
    this.process = process;
    this.url = awaitUrl();
  }

  /**
   * Starts it; none where Node.js or npm is missing.
   *
   * @param data an empty folder for its users
   */
  public static Optional<CognitoLocal> start(Path data) {
    return NodePackages.installed("cognito-local", PROGRAM).map(packages -> start(packages, data));
  }

  private static CognitoLocal start(NodePackages packages, Path data) {
    try {
      Path settings = Files.createDirectories(data.resolve(".cognito")).resolve("config.json");
      Files.writeString(settings, "{\"TokenConfig\": {\"IssuerDomain\": \"" + ISSUER + "\"}}");
      ProcessBuilder builder =
          new ProcessBuilder(
                  packages.node().toString(), packages.folder().resolve(PROGRAM).toString())
              .directory(data.toFile())
              .redirectErrorStream(true);
      Program.surround(builder, Map.of("PORT", "0"));
      Process process = builder.start();
      try {
        return new CognitoLocal(process);
      } catch (AssertionError e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its API and its key sets are. */
  public URI url() {
    return url;
  }

  private URI awaitUrl() {
    CompletableFuture<URI> found = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> readOutput(found));
    try {
      return found.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("cognito-local is not ready", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for cognito-local", e);
    }
  }

  /** Reads to the end, so that it never waits for a reader. */
  private void readOutput(CompletableFuture<URI> found) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          found.complete(URI.create(ready.group(1)));
        }
      }
    } catch (IOException e) {
      found.completeExceptionally(e);
    }
    found.completeExceptionally(new AssertionError("it has ended:\n" + output));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
