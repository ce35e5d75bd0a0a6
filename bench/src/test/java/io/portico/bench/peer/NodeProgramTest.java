package io.portico.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeProgramTest {

  @ParameterizedTest
  @CsvSource({
    "20.20.2, nodejs20.x",
    "21.1.0,  nodejs20.x",
    "22.11.0, nodejs22.x",
    "24.0.0,  nodejs24.x",
    "27.3.1,  nodejs24.x",
  })
  void theRuntimeIsTheNewestThatIsNotNewer(String version, String runtime) {
    assertThat(new NodeProgram(Path.of("node"), version).runtime()).isEqualTo(runtime);
  }

  @Test
  void whatIsOlderThanAllRuntimesIsAFailure() {
    assertThatThrownBy(() -> new NodeProgram(Path.of("node"), "18.19.0").runtime())
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("older");
    assertThatThrownBy(() -> new NodeProgram(Path.of("node"), "not found").runtime())
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("does not say its version");
  }
}
