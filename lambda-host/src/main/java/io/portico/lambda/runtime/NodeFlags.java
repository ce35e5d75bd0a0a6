package io.portico.lambda.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Node.js is started with: less of what it says is experimental, and a heap that goes with the
 * function's memory. The function's own NODE_OPTIONS go before all of it.
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

  private static final Pattern OWN_HEAP =
      Pattern.compile("--max[-_](old[-_]space|heap)[-_]size\\b");
  private static final Pattern OWN_YOUNG_SPACE =
      Pattern.compile("--max[-_]semi[-_]space[-_]size\\b");

  /** What Node.js takes besides its heap. */
  private static final int OWN_MEGABYTES = 72;

  private static final int LEAST_OLD_SPACE_SHARE = 2;
  private static final int SEMI_SPACE_SHARE = 64;
  private static final int MOST_SEMI_SPACE = 16;

  /** The young generation has two of them in use and one to copy to. */
  private static final int SEMI_SPACES = 3;

  private NodeFlags() {}

  /**
   * Flags for functions of a runtime.
   *
   * @param runtime of Node.js
   * @param found what runs it
   * @param memoryMegabytes of the function
   * @param options the function's NODE_OPTIONS
   */
  static List<String> of(
      RuntimeName runtime, Interpreter.Version found, int memoryMegabytes, String options) {
    List<String> flags = new ArrayList<>();
    addFeatures(flags, runtime, found, options);
    addHeap(flags, memoryMegabytes, options);
    return flags;
  }

  /**
   * AWS turns off what Node.js itself says is experimental. AWS: unless the function's own
   * NODE_OPTIONS turn it on; source: documented, as long as the feature was one,
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html, and reported of runtimes since
   * then.
   */
  private static void addFeatures(
      List<String> flags, RuntimeName runtime, Interpreter.Version found, String options) {
    int wanted = Interpreter.Version.of(runtime.version()).major();
    if ((wanted == NODE_20 || wanted == NODE_22) && isKnown(found)) {
      addFeature(flags, REQUIRE_MODULE, options);
      if (wanted == NODE_22) {
        addFeature(flags, DETECT_MODULE, options);
      }
    }
  }

  private static boolean isKnown(Interpreter.Version found) {
    return found.major() >= NODE_22 || (found.major() == NODE_20 && found.minor() >= KNOWN_SINCE);
  }

  private static void addFeature(List<String> flags, String feature, String options) {
    if (!List.of(options.split("\\s+", -1)).contains("--" + feature)) {
      flags.add("--no-" + feature);
    }
  }

  /**
   * V8 sizes its heap by the machine's memory: here it would let garbage lie until the function is
   * killed for it. AWS: reported of its earlier runtimes are 90 % of the function's memory; that
   * this is less where Node.js itself needs more is inferred.
   */
  private static void addHeap(List<String> flags, int memoryMegabytes, String options) {
    int semiSpace = Math.min(memoryMegabytes / SEMI_SPACE_SHARE, MOST_SEMI_SPACE);
    if (!OWN_HEAP.matcher(options).find()) {
      int oldSpace =
          Math.max(
              memoryMegabytes / LEAST_OLD_SPACE_SHARE,
              memoryMegabytes - OWN_MEGABYTES - SEMI_SPACES * semiSpace);
      flags.add("--max-old-space-size=" + oldSpace);
    }
    if (!OWN_YOUNG_SPACE.matcher(options).find()) {
      flags.add("--max-semi-space-size=" + semiSpace);
    }
  }
}
