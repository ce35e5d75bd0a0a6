package io.portico.conformance.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * What tests take of the machine that they run on. A test that misses something is not run; where
 * the environment has {@code CI}, everything is to be checked, and it fails.
 */
public final class Needed {
  private static final Map<String, String> CALLED =
      Map.of("node", "Node.js (node)", "aws", "the AWS CLI (aws)");

  private Needed() {}

  /**
   * Where a program is on the search path.
   *
   * @param name of its file: {@code node}
   */
  public static Path program(String name) {
    return found(Program.find(name), CALLED.getOrDefault(name, name));
  }

  /**
   * What was looked for on this machine.
   *
   * @param what it is, for people: {@code the AWS CLI (aws)}
   */
  public static <T> T found(Optional<T> found, String what) {
    return found(found, what, System.getenv());
  }

  static <T> T found(Optional<T> found, String what, Map<String, String> environment) {
    if (found.isEmpty()) {
      String reason = what + " is not installed";
      if (environment.containsKey("CI")) {
        throw new AssertionError(reason + ", and with CI in the environment no test is left out");
      }
      throw new TestAbortedException(reason);
    }
    return found.get();
  }
}
