package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import org.junit.jupiter.api.Test;

final class PerformancePageTest {

  @Test
  void onlyWhatStandsBetweenTheMarkersIsReplaced() {
    String page = "before\n<!-- bench a -->\nold\n<!-- end of bench a -->\nafter\n";

    assertThat(PerformancePage.replaced(page, "a", "new"))
        .isEqualTo("before\n<!-- bench a -->\n\nnew\n<!-- end of bench a -->\nafter\n");
  }

  @Test
  void aPageWithoutMarkersIsLeftAlone() {
    assertThatThrownBy(() -> PerformancePage.replaced("nothing here", "a", "new"))
        .isInstanceOf(BenchFailure.class);
  }
}
