package io.portico.lambda.runtime;

import io.portico.lambda.isolation.Folders;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The command of a function in Java: AWS's own, as far as it is known. The client itself loads
 * classes from the working folder and from jars in its {@code lib}. AWS: source: documented,
 * https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html, and reported by users who
 * looked at the processes of their functions.
 */
final class JavaCommand {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** Read by the class loader that Portico puts in the place of the client's. */
  private static final String OPT = "io.portico.lambda.opt";

  private static final String JAVA_TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

  /**
   * AWS: a function may choose these by itself, in JAVA_TOOL_OPTIONS; as options of the command go
   * before that, the command then has none. Two collectors would be an error.
   */
  private static final Pattern OWN_HEAP = Pattern.compile("-Xm[sx]|-XX:(Initial|Max|Min)HeapSize=");

  private static final Pattern OWN_COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");
  private static final Pattern OWN_COMPILER =
      Pattern.compile("-XX:([+-]TieredCompilation|TieredStopAtLevel=)");

  private static final int KILOBYTES = 1024;

  /** AWS: 445,645 KB of 512 MB; source: reported. */
  private static final double HEAP_SHARE = 0.85;

  /** What the JVM takes of a machine's memory by itself; a function's machine is all its own. */
  private static final int INITIAL_HEAP_SHARE = 64;

  private static final int LEAST_INITIAL_HEAP = 8 * KILOBYTES;

  /** AWS: older functions have the JVM's usual compilers; source: documented. */
  private static final int QUICK_COMPILER_SINCE = 17;

  private static final int ERROR_FILE_OPTION_SINCE = 17;
  private static final int MODULES_SINCE = 9;

  /** From then on it warns of native libraries that nobody has allowed. */
  private static final int NATIVE_ACCESS_SINCE = 24;

  private JavaCommand() {}

  /**
   * Program and arguments.
   *
   * @param jdk what it runs on, maybe of a newer version than the runtime's
   * @param folders of its process, on this machine
   * @param seen where the process finds a file that is in one of them
   * @throws IOException if the client has nothing for this machine
   */
  static List<String> of(
      RuntimeName runtime,
      Interpreter jdk,
      JavaClient client,
      FunctionSnapshot function,
      Folders folders,
      UnaryOperator<Path> seen)
      throws IOException {
    int version = jdk.version().major();
    String own = function.variables().getOrDefault(JAVA_TOOL_OPTIONS, "");
    List<String> command = new ArrayList<>();
    command.add(jdk.program().toString());
    if (!OWN_HEAP.matcher(own).find()) {
      addHeap(command, function.memoryMegabytes());
    }
    if (!OWN_COLLECTOR.matcher(own).find()) {
      command.add("-XX:+UseSerialGC");
    }
    if (Integer.parseInt(runtime.version()) >= QUICK_COMPILER_SINCE
        && !OWN_COMPILER.matcher(own).find()) {
      command.add("-XX:+TieredCompilation");
      command.add("-XX:TieredStopAtLevel=1");
    }
    // Nobody looks at its counters, which it would write to the machine's /tmp.
    command.add("-XX:-UsePerfData");
    if (version >= ERROR_FILE_OPTION_SINCE) {
      command.add("-XX:+ErrorFileToStderr");
    }
    if (version >= MODULES_SINCE) {
      command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    }
    if (version >= NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    // AWS's machines have the locale of LANG; where it is missing, older JDKs would write ASCII.
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Djava.io.tmpdir=" + seen.apply(folders.temporary()));
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.add("-D" + LIBRARY + "=" + seen.apply(client.library(jdk)));
    Path opt = folders.opt();
    if (opt != null) {
      command.add("-D" + OPT + "=" + seen.apply(opt));
    }
    command.add("-classpath");
    command.add(joined(client.classPath().stream().map(seen).toList()));
    command.add(MAIN);
    command.add(function.handler());
    return command;
  }

  private static void addHeap(List<String> command, int memoryMegabytes) {
    int memory = memoryMegabytes * KILOBYTES;
    command.add("-XX:MaxHeapSize=" + Math.round(memory * HEAP_SHARE) + "k");
    command.add(
        "-XX:InitialHeapSize=" + Math.max(memory / INITIAL_HEAP_SHARE, LEAST_INITIAL_HEAP) + "k");
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
