package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every recorded fact about the data plane is a case. */
final class FactCoverageTest {
  /** How many facts each section has. */
  private static final Map<String, Integer> SECTIONS =
      Map.of("RTE", 14, "RSP", 11, "REQ", 20, "PRX", 25, "BIN", 12, "VTL", 26, "SEL", 8);

  /** Facts of other sections that are about the data plane. */
  private static final Set<String> OTHERS = Set.of("CAN-10");

  private static final Pattern FACT = Pattern.compile("[A-Z]{3}-\\d{2}");

  @Test
  void everyFactIsACase() {
    Set<String> named = recordedFacts();

    Set<String> missing = new TreeSet<>(OTHERS);
    missing.removeAll(named);
    SECTIONS.forEach(
        (section, count) ->
            IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "%s-%02d", section, number))
                .filter(fact -> !named.contains(fact))
                .forEach(missing::add));

    assertThat(missing).isEmpty();
  }

  private static Set<String> recordedFacts() {
    Set<String> named = new TreeSet<>();
    for (CaseFiles.Content file : CaseFiles.all().values()) {
      String source = file.parsed().source();
      Matcher fact = FACT.matcher(source);
      while (source.startsWith("recorded, ") && fact.find()) {
        named.add(fact.group());
      }
    }
    return named;
  }
}
