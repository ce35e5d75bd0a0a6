package io.portico.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTest {

  @Test
  void readsTheLineOfTheKernel() {
    List<String> status = List.of("VmPeak:\t  900 kB", "VmHWM:\t  123 kB", "VmRSS:\t  100 kB");

    assertThat(Memory.bytes(status, "VmHWM:")).isEqualTo(123 * 1024);
  }

  @Test
  void aRunningProcessHasSome() {
    Memory memory = Memory.ofTree(ProcessHandle.current().pid());

    assertThat(memory.resident()).isPositive();
    assertThat(memory.greatest()).isGreaterThanOrEqualTo(memory.resident() / 2);
    assertThat(memory.proportional()).isPositive();
  }
}
