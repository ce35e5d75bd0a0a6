package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Executables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The Node.js that functions run on.
 *
 * @param version such as {@code 22.11.0}
 */
public record NodeProgram(Path path, String version) {
  private static final int OLDEST = 20;
  private static final int NEWEST = 24;

  /** That on the path, if there is one. */
  public static Optional<NodeProgram> installed() {
    return Executables.find("node")
        .map(
            path ->
                new NodeProgram(
                    path, Executables.firstLine(path.toString(), "-p", "process.versions.node")));
  }

  /** Settings of a server whose functions run on just this interpreter. */
  public Map<String, String> settings() {
    return Map.of("PORTICO_LAMBDA_RUNTIMES", runtime() + "=" + path);
  }

  /**
   * The newest of Lambda's runtimes that is not newer.
   *
   * @throws BenchFailure if there is none
   */
  public String runtime() {
    if (!version.matches("\\d+\\..*")) {
      throw new BenchFailure(path + " does not say its version but: " + version);
    }
    int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
    if (major < OLDEST) {
      throw new BenchFailure("Node.js " + version + " is older than Lambda's runtimes");
    }
    // They are those of the versions with long support, which have even numbers.
    return "nodejs" + Math.min(NEWEST, major - major % 2) + ".x";
  }
}
