package io.portico.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.runtime.Interpreter.Version;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeFlagsTest {
  private static List<String> flags(String runtime, String found, String options) {
    return NodeFlags.of(RuntimeName.of(runtime), Version.of(found), 1024, options).stream()
        .filter(flag -> flag.contains("module"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "nodejs20.x, 20.19.1, --no-experimental-require-module",
    "nodejs20.x, 22.11.0, --no-experimental-require-module",
    "nodejs22.x, 22.11.0, --no-experimental-require-module --no-experimental-detect-module",
    "nodejs22.x, 24.1.0, --no-experimental-require-module --no-experimental-detect-module",
    "nodejs20.x, 20.16.0, ''",
    "nodejs20.x, 21.7.0, ''",
    "nodejs24.x, 24.1.0, ''",
    "nodejs18.x, 22.11.0, ''"
  })
  void whatAwsTurnsOffIsTurnedOff(String runtime, String found, String flags) {
    assertThat(String.join(" ", flags(runtime, found, ""))).isEqualTo(flags);
  }

  @Test
  void whatTheFunctionTurnsOnStaysOn() {
    assertThat(
            flags("nodejs22.x", "22.11.0", "--enable-source-maps  --experimental-require-module"))
        .containsExactly("--no-experimental-detect-module");
  }

  @ParameterizedTest
  @CsvSource({
    "128, --max-old-space-size=64 --max-semi-space-size=2",
    "512, --max-old-space-size=416 --max-semi-space-size=8",
    "1024, --max-old-space-size=904 --max-semi-space-size=16",
    "10240, --max-old-space-size=10120 --max-semi-space-size=16"
  })
  void theHeapGoesWithTheMemory(int megabytes, String flags) {
    assertThat(
            String.join(
                " ",
                NodeFlags.of(RuntimeName.of("nodejs24.x"), Version.of("24.1.0"), megabytes, "")))
        .isEqualTo(flags);
  }

  @ParameterizedTest
  @CsvSource({
    "--max-old-space-size=100, --max-semi-space-size=16",
    "--trace-gc --max_old_space_size 100, --max-semi-space-size=16",
    "--max-semi-space-size=2, --max-old-space-size=904",
    "--max-heap-size=700 --max_semi_space_size=2, ''"
  })
  void theFunctionChoosesItsHeapItself(String options, String flags) {
    assertThat(
            String.join(
                " ",
                NodeFlags.of(RuntimeName.of("nodejs24.x"), Version.of("24.1.0"), 1024, options)))
        .isEqualTo(flags);
  }
}
