package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.bench.report.LatencyTable.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencyTableTest {

  @Test
  void whatIsAddedPairsTheWindowsOfARound() {
    Way direct = new Way("directly", series(0.1, 0.2), series(1, 1), series(2, 3));
    Way through = new Way("Portico 0.1", series(0.3, 0.3), series(1, 2), series(4, 4));

    assertThat(LatencyTable.markdown(direct, List.of(through)).lines().skip(2))
        .containsExactly(
            "| directly | 0.150 ms | 1.000 ms | 2.500 ms | – | – | – |",
            "| Portico 0.1 | 0.300 ms | 1.500 ms | 4.000 ms | 0.150 ms (0.100–0.200) |"
                + " 0.500 ms (0.000–1.000) | 1.500 ms (1.000–2.000) |");
  }

  private static Series series(double first, double second) {
    return new Series(List.of(first, second));
  }
}
