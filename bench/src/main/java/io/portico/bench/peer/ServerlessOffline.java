package io.portico.bench.peer;

import io.portico.bench.load.Scheme;
import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Child;
import io.portico.bench.process.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * serverless-offline with the functions of {@code bench/peers/lambda}; npm installs it into the
 * module's target folder, as {@code bench/peers/serverless-offline} pins it. It runs functions in
 * threads of its own process.
 */
public final class ServerlessOffline implements Peer {
  /** As tables have it. */
  public static final String NAME = "serverless-offline";

  private static final String LOCK = "package-lock.json";
  private static final List<String> FILES = List.of("package.json", LOCK, "serverless.yml");
  private static final String FUNCTION = "constant.js";
  private static final int INSTALL_MINUTES = 5;
  private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"");

  private final Optional<Path> npm = Executables.find("npm");
  private final NodeProgram node;

  public ServerlessOffline(NodeProgram node) {
    this.node = node;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> missing() {
    return npm.isPresent()
        ? Optional.empty()
        : Optional.of(NAME + " is fetched by npm, and npm is not installed");
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    Path project = installed(workplace);
    int port = workplace.freePort();
    List<String> command =
        List.of(
            node.path().toString(),
            project.resolve("node_modules/serverless/bin/serverless.js").toString(),
            "offline",
            "start",
            "--host",
            "127.0.0.1",
            "--httpPort",
            Integer.toString(port),
            "--lambdaPort",
            Integer.toString(workplace.freePort()));
    Child process =
        Child.start(
            NAME,
            project,
            workplace.cores().onGatewayCore(command),
            Map.of(
                "BENCH_RUNTIME",
                node.runtime(),
                "AWS_ACCESS_KEY_ID",
                "bench",
                "AWS_SECRET_ACCESS_KEY",
                "bench",
                "SLS_TELEMETRY_DISABLED",
                "1",
                "SLS_NOTIFICATIONS_MODE",
                "off"));
    process.awaitPort(port);
    return new Running(
        NAME,
        version(project),
        process,
        Target.at(Scheme.HTTP, port, "/" + Api.STAGE),
        Optional.empty());
  }

  /** The project's folder with all it needs; what npm has once installed stays. */
  private Path installed(Workplace workplace) {
    Path sources = workplace.peers().resolve(NAME);
    Path project = workplace.repository().resolve("bench/target").resolve(NAME);
    Path mark = project.resolve("installed");
    try {
      Files.createDirectories(project);
      copy(workplace.peers().resolve("lambda").resolve(FUNCTION), project);
      for (String file : FILES) {
        copy(sources.resolve(file), project);
      }
      String wanted = Files.readString(sources.resolve(LOCK));
      if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
        Files.deleteIfExists(mark);
        install(project);
        Files.writeString(mark, wanted);
      }
      return project;
    } catch (IOException e) {
      throw new BenchFailure("cannot set up " + NAME + ": " + e.getMessage(), e);
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private void install(Path project) throws IOException {
    System.out.println("installing " + NAME + ", which npm fetches");
    Process install =
        new ProcessBuilder(
                npm.orElseThrow().toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(project.toFile())
            .inheritIO()
            .start();
    try {
      if (!install.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        install.destroy();
        throw new BenchFailure(
            "npm did not install " + NAME + " in " + INSTALL_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while npm installed " + NAME, e);
    }
    if (install.exitValue() != 0) {
      throw new BenchFailure("npm could not install " + NAME + ", see above");
    }
  }

  private static String version(Path project) {
    Path description = project.resolve("node_modules").resolve(NAME).resolve("package.json");
    try {
      Matcher version = VERSION.matcher(Files.readString(description));
      if (!version.find()) {
        throw new BenchFailure(description + " has no version");
      }
      return version.group(1);
    } catch (IOException e) {
      throw new BenchFailure("cannot read " + description + ": " + e.getMessage(), e);
    }
  }
}
