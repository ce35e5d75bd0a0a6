package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  private static final Measured OURS =
      new Measured(
          "Portico",
          "0.1",
          series(20, 22, 18),
          series(50_000, 45_000, 55_000),
          series(1, 1, 1),
          150 << 20);
  private static final Measured NGINX =
      new Measured(
          "nginx",
          "1.22",
          series(16, 16.5, 18),
          series(60_000, 60_000, 55_000),
          series(1, 1, 1),
          5 << 20);

  @Test
  void ratiosSayHowMuchTheSameCpuBuys() {
    String table = ResultTable.markdown(List.of(OURS, NGINX), List.of("nginx"));

    assertThat(table.lines().skip(2))
        .containsExactly(
            "| Portico 0.1 | 20.0 (18.0, ± 10 %) | 0.80 (0.75–1.00) | 50,000 (55,000, ± 10 %) | 0.83 | 100 % | 150 MB |",
            "| nginx 1.22 | 16.5 (16.0, ± 6 %) | 1.00 (1.00–1.00) | 60,000 (60,000, ± 4 %) | 1.00 | 100 % | 5 MB |");
  }

  @Test
  void withoutTheBaselineThereIsNoRatio() {
    String table = ResultTable.markdown(List.of(OURS), List.of("nginx"));

    assertThat(table.lines().skip(2))
        .containsExactly(
            "| Portico 0.1 | 20.0 (18.0, ± 10 %) | – | 50,000 (55,000, ± 10 %) | – | 100 % | 150 MB |");
  }

  @Test
  void eachBaselineHasItsColumns() {
    String table = ResultTable.markdown(List.of(OURS, NGINX), List.of("nginx", "Portico"));

    assertThat(table.lines())
        .contains(
            "| gateway | CPU µs a request, median (best, ± spread) | per core beside nginx (least–greatest) | per core beside Portico (least–greatest) | requests a second, median (best, ± spread) | beside nginx | beside Portico | core busy | memory |",
            "|---|---|---|---|---|---|---|---|---|",
            "| nginx 1.22 | 16.5 (16.0, ± 6 %) | 1.00 (1.00–1.00) | 1.25 (1.00–1.33) | 60,000 (60,000, ± 4 %) | 1.00 | 1.20 | 100 % | 5 MB |");
  }

  @Test
  void oneThatStandsForItselfShowsWhatACoreAnswers() {
    String table = ResultTable.markdown(List.of(OURS), List.of());

    assertThat(table.lines())
        .containsExactly(
            "| gateway | CPU µs a request, median (best, ± spread) | requests a CPU second, median (best, ± spread) | requests a second, median (best, ± spread) | core busy | memory |",
            "|---|---|---|---|---|---|",
            "| Portico 0.1 | 20.0 (18.0, ± 10 %) | 50,000 (55,556, ± 10 %) | 50,000 (55,000, ± 10 %) | 100 % | 150 MB |");
  }

  private static Series series(double... values) {
    return new Series(java.util.Arrays.stream(values).boxed().toList());
  }
}
