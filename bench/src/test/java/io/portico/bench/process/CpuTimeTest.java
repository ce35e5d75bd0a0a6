package io.portico.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CpuTimeTest {

  @Test
  void readsUserAndSystemTicksBehindANameWithBlanks() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 17 25 3 4 20 0 1 0 12345 1000 10";

    assertThat(CpuTime.ticks(stat)).isEqualTo(17 + 25);
  }

  @Test
  void growsWhileAProcessWorks() {
    long pid = ProcessHandle.current().pid();
    long before = CpuTime.ofTree(pid).toMillis();
    long spun = 0;
    while (CpuTime.ofTree(pid).toMillis() <= before) {
      spun++;
    }

    assertThat(spun).isNotNegative();
    assertThat(CpuTime.ofTree(pid).toMillis()).isGreaterThan(before);
  }

  @Test
  void aProcessAloneHasNoMoreThanItsTree() {
    long pid = ProcessHandle.current().pid();

    assertThat(CpuTime.of(pid)).isPositive().isLessThanOrEqualTo(CpuTime.ofTree(pid));
  }

  @Test
  void aProcessThatIsGoneIsAFailure() {
    assertThatThrownBy(() -> CpuTime.of(Long.MAX_VALUE))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("is gone");
    assertThatThrownBy(() -> CpuTime.ofTree(Long.MAX_VALUE))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("is gone");
  }

  @Test
  void aChildThatHasEndedIsCounted() throws Exception {
    long before = CpuTime.ofEndedChildren().toMillis();
    Process child =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done")
            .start();

    assertThat(child.waitFor()).isZero();
    assertThat(CpuTime.ofEndedChildren().toMillis()).isGreaterThan(before);
  }

  @Test
  void aCoreIsUsedByAllButIdleAndWaiting() {
    assertThat(Cores.ticksUsed("cpu1 100 20 3 5000 6000 4 5 6 7 8"))
        .isEqualTo(100 + 20 + 3 + 4 + 5 + 6);
    assertThat(Cores.used()).isPositive();
  }
}
