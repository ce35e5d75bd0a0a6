package io.portico.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

final class NeededTest {
  @Test
  void whatIsThereIsGiven() {
    assertThat(Needed.found(Optional.of("it"), "a thing", Map.of("CI", "true"))).isEqualTo("it");
  }

  @Test
  void withoutItATestIsNotRun() {
    assertThatThrownBy(() -> Needed.found(Optional.empty(), "a thing", Map.of("PATH", "/bin")))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("a thing is not installed");
  }

  @Test
  void whereAllIsToBeCheckedItFails() {
    assertThatThrownBy(() -> Needed.found(Optional.empty(), "a thing", Map.of("CI", "true")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("a thing is not installed, and with CI in the environment no test is left out");
  }
}
