package io.portico.bench.report;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code docs/performance.md}: prose that people write, and between markers what a run measured and
 * which targets it met.
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
      keep(section, content);
      System.out.println(NAME + " is written");
    }
  }

  private void keep(String section, String content) {
    try {
      Files.writeString(file, judged(replaced(Files.readString(file), section, content)));
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** The page with the targets that its sections meet. */
  static String judged(String page) {
    return replaced(page, Goals.SECTION, Goals.markdown(page));
  }

  /** The page with another content between the markers of {@code section}. */
  static String replaced(String page, String section, String content) {
    Place place = Place.of(page, section);
    return page.substring(0, place.from) + "\n" + content + "\n" + page.substring(place.to);
  }

  /** What stands between the markers of {@code section}. */
  static String section(String page, String section) {
    Place place = Place.of(page, section);
    return page.substring(place.from, place.to);
  }

  /** What readers follow to the heading that {@code section} stands under. */
  static String anchor(String page, String section) {
    return page.substring(0, Place.of(page, section).from)
        .lines()
        .filter(line -> line.startsWith("#"))
        .reduce((earlier, later) -> later)
        .map(PerformancePage::slug)
        .orElseThrow(() -> new BenchFailure("no heading stands above " + section));
  }

  /** As GitHub makes anchors of headings. */
  private static String slug(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }

  /** Where the content of a section begins and ends. */
  private record Place(int from, int to) {
    static Place of(String page, String section) {
      String begin = "<!-- bench " + section + " -->\n";
      int at = page.indexOf(begin);
      int to = page.indexOf("<!-- end of bench " + section + " -->", Math.max(at, 0));
      if (at < 0 || to < 0) {
        throw new BenchFailure("the page has no markers for " + section);
      }
      return new Place(at + begin.length(), to);
    }
  }
}
