package io.portico.conformance.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server for Node.js whose packages npm installs: a process of its own, on a port that the system
 * chose, which it says on a line of its output.
 */
public final class NodeServer implements AutoCloseable {
  private static final String PROGRAM = "start.mjs";
  private static final Pattern READY = Pattern.compile("running on (http://127\\.0\\.0\\.1:\\d+)");

  private final RunningProgram program;

  private NodeServer(RunningProgram program) {
    this.program = program;
  }

  /**
   * Starts one; none where Node.js or npm is missing.
   *
   * @param name of its folder beside the tests' sources
   * @param folder where it runs
   */
  public static Optional<NodeServer> start(
      String name, Path folder, Map<String, String> environment) {
    return NodePackages.installed(name, PROGRAM)
        .map(packages -> start(packages, folder, environment));
  }

  private static NodeServer start(
      NodePackages packages, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(
                packages.node().toString(), packages.folder().resolve(PROGRAM).toString())
            .directory(folder.toFile());
    Program.surround(builder, environment);
    return new NodeServer(RunningProgram.start(builder, READY));
  }

  /** Where it is. */
  public URI url() {
    return URI.create(program.said());
  }

  @Override
  public void close() {
    program.close();
  }
}
