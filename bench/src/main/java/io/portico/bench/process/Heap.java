package io.portico.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a running JVM, asked for by the JDK's own {@code jcmd}. */
public final class Heap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final int PATIENCE_SECONDS = 60;

  private Heap() {}

  /** Bytes of all objects that are still in use, after a collection. */
  public static long live(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher total = TOTAL.matcher(output);
      if (!total.find()) {
        throw new BenchFailure("jcmd gives no histogram of process " + pid + ": " + output.strip());
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + jcmd, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted while running " + jcmd, e);
    }
  }
}
