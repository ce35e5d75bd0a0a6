package io.portico.conformance.server;

import io.portico.conformance.process.NodePackages;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * cognito-local, which speaks the API of Cognito's user pools and signs tokens: a process of its
 * own, on a port that the system chose.
 */
public final class CognitoLocal implements AutoCloseable {
  /** What its tokens have as {@code iss} before the pool's id. */
  public static final String ISSUER = "http://cognito.example";

  private static final String PROGRAM = "start.mjs";
  private static final Pattern READY = Pattern.compile("running on (http://127\\.0\\.0\\.1:\\d+)");

  private final RunningProgram program;

  private CognitoLocal(RunningProgram program) {
    this.program = program;
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                packages.node().toString(), packages.folder().resolve(PROGRAM).toString())
            .directory(data.toFile());
    Program.surround(builder, Map.of("PORT", "0"));
    return new CognitoLocal(RunningProgram.start(builder, READY));
  }

  /** Where its API and its key sets are. */
  public URI url() {
    return URI.create(program.said());
  }

  @Override
  public void close() {
    program.close();
  }
}
