package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "≥ 1.0;     1.00 (0.87–1.05);       yes",
        "≥ 1.0;     0.99 (0.87–1.05);       no",
        "≥ 40,000;  39,999 (98,542, ± 13 %); no",
        "≤ 500 ms;  385 ms (340–2023);      yes",
        "≤ 0.15 ms; 0.151 ms (0.1–0.2);     no",
        "≤ 1 ms;    -0.002 ms (-0.1–0.2);   yes",
        "≤ 5 s;     4.48 s;                 yes",
      })
  void aFigureMeetsItsTargetOrDoesNot(String target, String cell, String met) {
    assertThat(goal(target).row(page(cell)))
        .isEqualTo(
            "| [it](#a-the-first-of-all) | " + target + " | " + cell + " | – | " + met + " |\n");
  }

  @Test
  void whatWasNotMeasuredIsNotJudged() {
    String page = "## a\n<!-- bench a -->\n\nNot measured yet.\n\n<!-- end of bench a -->\n";

    assertThat(goal("≥ 1.0").row(page)).isEqualTo("| [it](#a) | ≥ 1.0 | not measured | – | – |\n");
  }

  @Test
  void requestsASecondStandBesideIt() {
    Goal goal = new Goal("it", "a", "Portico .*", "beside nginx", "cost", "≥ 1.0");

    assertThat(goal.row(page("1.20 (1–2)")))
        .isEqualTo("| [it](#a-the-first-of-all) | ≥ 1.0 | 1.20 (1–2) | 1 | yes |\n");
  }

  @Test
  void aFigureMayStandInALaterTable() {
    Goal goal = new Goal("it", "a", "Portico .*", "calls a second", "", "≥ 4,000");
    String page =
        """
        ## a
        <!-- bench a -->

        | way | p50 |
        |---|---|
        | Portico 0.1 | 1 |

        | host | calls a second |
        |---|---|
        | Portico 0.1 | 4,321 (5,000, ± 3 %) |

        Measured.

        <!-- end of bench a -->
        """;

    assertThat(goal.row(page))
        .isEqualTo("| [it](#a) | ≥ 4,000 | 4,321 (5,000, ± 3 %) | – | yes |\n");
  }

  @Test
  void aTargetInAnotherUnitThanTheFigureIsAMistake() {
    assertThatThrownBy(() -> goal("≤ 5 s").row(page("385 ms (340–2023)")))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("it: '385 ms (340–2023)' is not in the unit of '≤ 5 s'");
  }

  @Test
  void thePageSaysOfItsTargetsWhatItsSectionsHold() throws IOException {
    String page = Files.readString(Path.of("../docs/performance.md"));

    assertThat(PerformancePage.judged(page)).isEqualTo(page);
  }

  private static Goal goal(String target) {
    return new Goal("it", "a", "Portico .*", "beside nginx", "", target);
  }

  private static String page(String cell) {
    return """
        ## a: the First of (all)
        <!-- bench a -->

        | gateway | cost | beside nginx (least–greatest) |
        |---|---|---|
        | nginx 1 | 2 | 1.00 (1.00–1.00) |
        | Portico 0.1 | 1 | %s |

        <!-- end of bench a -->
        """
        .formatted(cell);
  }
}
