package io.portico.conformance.client;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code aws} for scripts that have it on their search path. Version 1 is a Python program, which
 * need not start from nothing for each call: its calls are handed to one that is kept loaded.
 */
public final class AwsProgram implements Closeable {
  private final Optional<Path> program;
  private final @Nullable LineProcess loaded;

  private AwsProgram(Optional<Path> program, @Nullable LineProcess loaded) {
    this.program = program;
    this.loaded = loaded;
  }

  /** The quickest there is. */
  public static AwsProgram of(Endpoint endpoint) {
    Optional<Path> installed = Program.find("aws");
    Optional<Path> python =
        installed.flatMap(
            aws ->
                CommandLine.Warm.python(
                    new CommandLine.Processes(aws, endpoint, Path.of("").toAbsolutePath())));
    return python
        .map(found -> keptLoaded(found, endpoint))
        .orElseGet(() -> new AwsProgram(installed, null));
  }

  private static AwsProgram keptLoaded(Path python, Endpoint endpoint) {
    try {
      Path folder = Files.createTempDirectory("portico-aws");
      Path program = folder.resolve("aws");
      // Without what Python has installed, which takes longer to find than the call to hand on.
      Files.writeString(
          program, "#!" + python + " -IS\n" + Files.readString(Python.SCRIPTS.resolve("aws.py")));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
      LineProcess loaded =
          LineProcess.start(
              "the CLI for scripts", endpoint, folder, Python.command(python, "aws_server.py"));
      loaded.exchange(folder.resolve("socket").toString());
      return new AwsProgram(Optional.of(program), loaded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program; a test that asks is not run where there is none. */
  public Path path() {
    return Needed.found(program, "the AWS CLI (aws)");
  }

  /** An environment in which scripts find the program. */
  public Map<String, String> environment(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(others);
    all.put("PATH", path().getParent() + File.pathSeparator + System.getenv("PATH"));
    return all;
  }

  @Override
  public void close() throws IOException {
    if (loaded == null) {
      return;
    }
    loaded.close();
    Path folder = path().resolveSibling("");
    Files.deleteIfExists(folder.resolve("socket"));
    Files.delete(path());
    Files.delete(folder);
  }
}
