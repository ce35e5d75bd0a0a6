package io.portico.bench.report;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code docs/performance.md}: prose that people write, and between markers what a run measured.
 */
public record PerformancePage(Path file) {
  private static final String NAME = "docs/performance.md";

  /** The page of a checkout. */
  public static PerformancePage of(Path repository) {
    return new PerformancePage(repository.resolve(NAME));
  }

  /**
   * Prints what a run measured, and keeps it in its section unless something speaks against that.
   */
  public void publish(String section, String content, Optional<String> obstacle) {
    System.out.println("\n" + content);
    if (obstacle.isPresent()) {
      System.out.println(NAME + " is left as it is: " + obstacle.get());
    } else {
      replace(section, content);
      System.out.println(NAME + " is written");
    }
  }

  /** Replaces what stands between the markers of {@code section}. */
  private void replace(String section, String content) {
    try {
      Files.writeString(file, replaced(Files.readString(file), section, content));
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  static String replaced(String page, String section, String content) {
    String begin = "<!-- bench " + section + " -->\n";
    String end = "<!-- end of bench " + section + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new BenchFailure("the page has no markers for " + section);
    }
    return page.substring(0, from + begin.length()) + "\n" + content + "\n" + page.substring(to);
  }
}
