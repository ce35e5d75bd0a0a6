package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every recorded fact about the control plane of REST APIs is the source of a case, of whichever
 * module; those that no case can state, about functions foremost, may be named by a comment of a
 * test instead. Those about calls, canaries, API keys and tests of methods are cases, as a test of
 * the gateway says.
 */
final class FactCoverageTest {
  /** How many facts each section has. */
  private static final Map<String, Integer> SECTIONS =
      Map.ofEntries(
          Map.entry("LAM", 24),
          Map.entry("INV", 17),
          Map.entry("URL", 9),
          Map.entry("GEN", 27),
          Map.entry("API", 17),
          Map.entry("RES", 12),
          Map.entry("MTH", 20),
          Map.entry("MOD", 13),
          Map.entry("INT", 17),
          Map.entry("GWR", 6),
          Map.entry("DEP", 5),
          Map.entry("STG", 10),
          Map.entry("VPC", 1),
          Map.entry("IMP", 28),
          Map.entry("EXP", 9),
          Map.entry("AUT", 4));

  /** Of these, a test whose comment names the fact is enough; any other is the source of a case. */
  private static final Pattern STATED_BY_TESTS =
      Pattern.compile("(LAM|INV|URL)-\\d{2}|GEN-01|DEP-04");

  private static final List<Path> PLACES =
      List.of(
          Path.of("../gateway/src/test"),
          Path.of("../lambda-host/src/test"),
          Path.of("../server/src/test"),
          Path.of("../conformance/src/test"));

  private static final Pattern FACT = Pattern.compile("\\b[A-Z]{3}-\\d{2}\\b");
  private static final Pattern COMMENT = Pattern.compile("\\s*(//|/\\*|\\*)");

  @Test
  void everyFactIsNamed() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path place : PLACES) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(FactCoverageTest::isTest).toList()) {
          Matcher fact = FACT.matcher(sources(file));
          while (fact.find()) {
            if (isCase(file) || STATED_BY_TESTS.matcher(fact.group()).matches()) {
              named.add(fact.group());
            }
          }
        }
      }
    }

    Set<String> missing = new TreeSet<>();
    SECTIONS.forEach(
        (section, count) ->
            IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "%s-%02d", section, number))
                .filter(fact -> !named.contains(fact))
                .forEach(missing::add));

    assertThat(missing).isEmpty();
  }

  /** What a file says of its sources: a case in its first line, a test in comments. */
  private static String sources(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return isCase(file)
        ? lines.getFirst()
        : lines.stream()
            .filter(line -> COMMENT.matcher(line).lookingAt())
            .collect(Collectors.joining("\n"));
  }

  private static boolean isTest(Path file) {
    String name = file.getFileName().toString();
    return isCase(file) || (name.endsWith("Test.java") && !name.equals("FactCoverageTest.java"));
  }

  private static boolean isCase(Path file) {
    return file.toString().endsWith(".case");
  }
}
