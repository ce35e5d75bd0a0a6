package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every recorded fact about the data plane is a case, or is named here with the reason why not. */
final class FactCoverageTest {
  /** How many facts each section has. */
  private static final Map<String, Integer> SECTIONS =
      Map.of("RTE", 14, "RSP", 11, "REQ", 20, "PRX", 25, "BIN", 12, "VTL", 26, "SEL", 8);

  private static final Map<String, String> NO_CASE =
      Map.of(
          "RSP-03", "headers of CloudFront: nothing here is edge-optimised",
          "REQ-15", "of AWS services other than Lambda, which are not built yet",
          "REQ-16", "of AWS services other than Lambda, which are not built yet",
          "REQ-17", "of AWS services other than Lambda, which are not built yet",
          "REQ-19", "of AWS services other than Lambda, which are not built yet",
          "BIN-06", "a deployment is a frozen copy: PublishingTest");

  private static final Pattern FACT = Pattern.compile("[A-Z]{3}-\\d{2}");

  @Test
  void everyFactIsACaseOrHasAReason() throws IOException, URISyntaxException {
    Set<String> named = new TreeSet<>(NO_CASE.keySet());
    for (Path file : RestCasesTest.files(RestCasesTest.folder())) {
      Matcher fact = FACT.matcher(CaseFile.read(file).source());
      while (fact.find()) {
        named.add(fact.group());
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
}
