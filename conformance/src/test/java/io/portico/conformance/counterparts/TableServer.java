package io.portico.conformance.counterparts;

import io.portico.conformance.process.Program;
import io.portico.conformance.process.RunningProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB Local, whose tables are in memory. It is run as it comes, by its own command, with a JVM
 * of its own and a class path that shares nothing with the tests': the build leaves it in a file.
 * It listens on all interfaces, for want of an option that says on which.
 */
final class TableServer implements AutoCloseable {
  private static final String COMMAND = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";
  private static final Path CLASS_PATH = Path.of("target/dynamodb.classpath");

  /** Where it keeps the native library that it takes out of its own archive. */
  private static final Path TEMPORARY = Path.of("target/dynamodb");

  private static final Pattern READY = Pattern.compile("Started ServerConnector@.*:(\\d+)\\}");
  private static final String PORT_TAKEN = "already in use";
  private static final int ATTEMPTS = 3;

  private final RunningProgram program;

  private TableServer(RunningProgram program) {
    this.program = program;
  }

  static TableServer start() {
    @Nullable AssertionError before = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return new TableServer(RunningProgram.start(builder(), READY));
      } catch (AssertionError e) {
        if (before != null) {
          e.addSuppressed(before);
        }
        if (attempt == ATTEMPTS || !isPortTaken(e)) {
          throw e;
        }
        before = e;
      }
    }
  }

  /** Whether somebody else has taken the port in between. */
  private static boolean isPortTaken(AssertionError failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(PORT_TAKEN)) {
        return true;
      }
    }
    return false;
  }

  private static ProcessBuilder builder() {
    try {
      Files.createDirectories(TEMPORARY);
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Xmx256m",
              "--enable-native-access=ALL-UNNAMED",
              "-Djava.io.tmpdir=" + TEMPORARY.toAbsolutePath(),
              "-cp",
              Files.readString(CLASS_PATH).strip(),
              COMMAND,
              "-inMemory",
              "-disableTelemetry",
              "-port",
              Integer.toString(freePort()));
      Program.surround(builder, Map.of("DDB_LOCAL_TELEMETRY", "0"));
      return builder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It takes no 0 for one that the system chooses. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + program.said());
  }

  @Override
  public void close() {
    program.close();
  }
}
