package io.portico.bench.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a running JVM, asked for by the JDK's own {@code jcmd}. */
public final class Heap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern OF_THREAD =
      Pattern.compile("(?m)^\".*\" .* allocated=(\\d+)([BKMG]) ");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Heap() {}

  /** Bytes of all objects that are still in use, after a collection. */
  public static long live(long pid) {
    Matcher total = TOTAL.matcher(jcmd(pid, "GC.class_histogram"));
    if (!total.find()) {
      throw new BenchFailure("jcmd gives no histogram of process " + pid);
    }
    return Long.parseLong(total.group(1));
  }

  /**
   * Bytes that the threads which live have allocated so far, all of them together. Each is counted
   * to a megabyte once it has allocated a hundred. What a virtual thread allocates is its
   * carrier's.
   */
  public static long allocated(long pid) {
    Matcher thread = OF_THREAD.matcher(jcmd(pid, "Thread.print", "-e=true"));
    long bytes = 0;
    while (thread.find()) {
      bytes += Long.parseLong(thread.group(1)) << shift(thread.group(2));
    }
    if (bytes == 0) {
      throw new BenchFailure("jcmd does not say what threads of process " + pid + " allocated");
    }
    return bytes;
  }

  /** A unit as a power of two. */
  private static int shift(String unit) {
    return switch (unit) {
      case "K" -> 10;
      case "M" -> 20;
      case "G" -> 30;
      default -> 0;
    };
  }

  private static String jcmd(long pid, String... request) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(request));
    Finished ended = Finished.command(command, PATIENCE);
    if (ended.status() != 0) {
      throw new BenchFailure(String.join(" ", command) + " failed: " + ended.output().strip());
    }
    return ended.output();
  }
}
