package io.portico.lambda.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * What Node.js is started with: AWS turns off what Node.js itself says is experimental. AWS: unless
 * the function's own NODE_OPTIONS turn it on; source: documented, as long as the feature was one,
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html, and reported of runtimes since
 * then.
 */
final class NodeFlags {
  private static final String REQUIRE_MODULE = "experimental-require-module";
  private static final String DETECT_MODULE = "experimental-detect-module";
  private static final int NODE_20 = 20;
  private static final int NODE_22 = 22;

  /**
   * Node.js ends at a flag that it does not know; of 20, this release is the first to know them.
   */
  private static final int KNOWN_SINCE = 17;

  private NodeFlags() {}

  /**
   * Flags for functions of a runtime.
   *
   * @param runtime of Node.js
   * @param found what runs it
   * @param options the function's NODE_OPTIONS
   */
  static List<String> of(RuntimeName runtime, Interpreter.Version found, String options) {
    List<String> flags = new ArrayList<>();
    int wanted = Interpreter.Version.of(runtime.version()).major();
    if ((wanted != NODE_20 && wanted != NODE_22) || !isKnown(found)) {
      return flags;
    }
    add(flags, REQUIRE_MODULE, options);
    if (wanted == NODE_22) {
      add(flags, DETECT_MODULE, options);
    }
    return flags;
  }

  private static boolean isKnown(Interpreter.Version found) {
    return found.major() >= NODE_22 || (found.major() == NODE_20 && found.minor() >= KNOWN_SINCE);
  }

  private static void add(List<String> flags, String feature, String options) {
    if (!List.of(options.split("\\s+", -1)).contains("--" + feature)) {
      flags.add("--no-" + feature);
    }
  }
}
