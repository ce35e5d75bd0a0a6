package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.bench.report.LambdaTable.Host;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LambdaTableTest {
  private static final Host OURS =
      new Host(
          "Portico",
          "0.1",
          series(4000, 5000),
          series(0.9, 1.1),
          series(0.5),
          series(0.25),
          16,
          200L << 20);
  private static final Host THEIRS =
      new Host(
          "another", "14", series(1000, 1000), series(1.2), series(0), series(0.1), 4, 150L << 20);

  @Test
  void ratiosPairTheWindowsOfARound() {
    String table = LambdaTable.markdown(List.of(OURS, THEIRS), "another");

    assertThat(table.lines())
        .containsExactly(
            "| host | calls a second, median (best, ± spread) | beside another (least–greatest) | CPU of the server | of its functions' processes | of the load generator | connections | memory |",
            "|---|---|---|---|---|---|---|---|",
            "| Portico 0.1 | 4,500 (5,000, ± 11 %) | 4.50 (4.00–5.00) | 100 % | 50 % | 25 % | 16 | 200 MB |",
            "| another 14 | 1,000 (1,000, ± 0 %) | 1.00 (1.00–1.00) | 120 % | 0 % | 10 % | 4 | 150 MB |");
  }

  @Test
  void withoutTheBaselineThereIsNoRatio() {
    assertThat(LambdaTable.markdown(List.of(OURS), "another").lines().skip(2))
        .containsExactly(
            "| Portico 0.1 | 4,500 (5,000, ± 11 %) | – | 100 % | 50 % | 25 % | 16 | 200 MB |");
  }

  private static Series series(double... values) {
    return new Series(Arrays.stream(values).boxed().toList());
  }
}
