package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged Portico, in the folder where the launcher put what it built. */
public final class PorticoProgram {
  /** What a server prints when it listens; group 1 is the port, group 2 that of HTTPS. */
  public static final Pattern READY =
      Pattern.compile(
          "ready on http://127\\.0\\.0\\.1:(\\d+)(?: and https://127\\.0\\.0\\.1:(\\d+))?");

  private final Optional<Path> home =
      Optional.ofNullable(System.getProperty("portico.home")).map(Path::of);

  /** Why there is none, if so. */
  public Optional<String> missing() {
    return home.filter(folder -> Files.isRegularFile(folder.resolve("portico.jar"))).isPresent()
        ? Optional.empty()
        : Optional.of("Portico: -Dportico.home names no folder with a portico.jar");
  }

  /** The options that the launcher gives the JVM of {@code serve}. */
  public List<String> jvmOptions() {
    Path folder = folder();
    return List.of("@" + folder.resolve("jvm.options"), "@" + folder.resolve("jvm-prod.options"));
  }

  /**
   * A command line of the packaged launcher, on the JDK that runs the bench: {@code run} takes the
   * profile dev, {@code serve} takes prod, unless {@code PORTICO_PROFILE} names one.
   */
  public List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.add("bash");
    command.add(folder().resolve("bin/portico").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The jar of its libraries whose name begins so. */
  Path library(String name) {
    try (Stream<Path> jars = Files.list(folder().resolve("lib"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow(() -> new BenchFailure("Portico has no library " + name));
    } catch (IOException e) {
      throw new BenchFailure("cannot list the libraries of Portico: " + e.getMessage(), e);
    }
  }

  private Path folder() {
    missing()
        .ifPresent(
            reason -> {
              throw new BenchFailure(reason);
            });
    return home.orElseThrow();
  }
}
