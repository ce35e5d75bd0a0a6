package io.portico.conformance.client;

import io.portico.conformance.process.Program;
import io.portico.conformance.server.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The AWS SDK for JavaScript v3, installed by npm from its lock file into the build folder. */
final class JavaScriptSdk {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Path SOURCES = Path.of("src/test/js").toAbsolutePath();
  private static final Path INSTALLED = Path.of("target/js").toAbsolutePath();
  private static final String LOCK = "package-lock.json";

  private JavaScriptSdk() {}

  static Optional<LineDriver> installed(Endpoint endpoint) {
    Optional<Path> node = Program.find("node");
    Optional<Path> npm = Program.find("npm");
    if (node.isEmpty() || npm.isEmpty()) {
      return Optional.empty();
    }
    try {
      install(npm.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new LineDriver(
            LineProcess.start(
                "the JavaScript SDK",
                endpoint,
                INSTALLED,
                List.of(node.get().toString(), "driver.mjs"))));
  }

  /** Leaves an installation of the very same lock file as it is. */
  private static void install(Path npm) throws IOException {
    Files.createDirectories(INSTALLED);
    copy("driver.mjs");
    Path done = INSTALLED.resolve("node_modules/.installed-" + LOCK);
    String lock = Files.readString(SOURCES.resolve(LOCK));
    if (Files.exists(done) && Files.readString(done).equals(lock)) {
      return;
    }
    copy("package.json");
    copy(LOCK);
    Program.Outcome outcome =
        Program.run(
            INSTALLED, Map.of(), LIMIT, List.of(npm.toString(), "ci", "--no-audit", "--no-fund"));
    if (!outcome.succeeded()) {
      throw new AssertionError("npm could not install the SDK: " + outcome);
    }
    Files.writeString(done, lock);
  }

  private static void copy(String name) throws IOException {
    Files.copy(SOURCES.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
