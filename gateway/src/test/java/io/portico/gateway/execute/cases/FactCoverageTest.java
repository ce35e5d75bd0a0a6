package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every recorded fact about the data plane, and about canaries, API keys and tests of methods, is
 * the source of a case, of whichever plane.
 */
final class FactCoverageTest {
  /** How many facts each section has. */
  private static final Map<String, Integer> SECTIONS =
      Map.of(
          "RTE", 14, "RSP", 11, "REQ", 20, "PRX", 25, "BIN", 12, "VTL", 26, "SEL", 8, "TIN", 7,
          "CAN", 10, "KEY", 11);

  /** What a first line names before it says anything else. */
  private static final Pattern RECORDED =
      Pattern.compile("source: recorded, facts ((?:[A-Z]{3}-\\d{2}(?:,? )?)+)");

  private static final Pattern FACT = Pattern.compile("[A-Z]{3}-\\d{2}");

  @Test
  void everyFactIsACase() throws Exception {
    Set<String> missing = new TreeSet<>();
    SECTIONS.forEach(
        (section, count) ->
            IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "%s-%02d", section, number))
                .forEach(missing::add));

    missing.removeAll(recordedFacts());

    assertThat(missing).isEmpty();
  }

  private static Set<String> recordedFacts() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(FactCoverageTest.class.getResource("/cases")).toURI());
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(file -> file.toString().endsWith(".case")).toList();
    }
    Set<String> facts = new TreeSet<>();
    for (Path file : files) {
      Matcher named = RECORDED.matcher(Files.readAllLines(file).getFirst());
      if (named.lookingAt()) {
        FACT.matcher(named.group(1)).results().forEach(fact -> facts.add(fact.group()));
      }
    }
    return facts;
  }
}
