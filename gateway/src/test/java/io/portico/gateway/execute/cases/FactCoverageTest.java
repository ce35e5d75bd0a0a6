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

  /** Facts whose cases say what happens until they are built. */
  private static final Set<String> NOT_BUILT = Set.of();

  private static final Pattern FACT = Pattern.compile("[A-Z]{3}-\\d{2}");

  @Test
  void everyFactIsACase() {
    Set<String> named = factsOf("recorded, ");
    named.addAll(factsOf("not built, "));

    Set<String> missing = new TreeSet<>();
    SECTIONS.forEach(
        (section, count) ->
            IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(Locale.ROOT, "%s-%02d", section, number))
                .filter(fact -> !named.contains(fact))
                .forEach(missing::add));

    assertThat(missing).isEmpty();
  }

  @Test
  void whatIsNotBuiltIsKnown() {
    assertThat(factsOf("not built, ")).hasSameElementsAs(NOT_BUILT);
  }

  private static Set<String> factsOf(String kind) {
    Set<String> named = new TreeSet<>();
    for (CaseFiles.Content file : CaseFiles.all().values()) {
      String source = file.parsed().source();
      Matcher fact = FACT.matcher(source);
      while (source.startsWith(kind) && fact.find()) {
        named.add(fact.group());
      }
    }
    return named;
  }
}
