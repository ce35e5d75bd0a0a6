package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitReasonTest {
  @ParameterizedTest
  @CsvSource({
    "0, Runtime exited without providing a reason",
    "1, Runtime exited with error: exit status 1",
    "127, Runtime exited with error: exit status 127",
    "128, Runtime exited with error: exit status 128",
    "129, Runtime exited with error: exit status 129",
    "132, Runtime exited with error: signal: illegal instruction",
    "133, Runtime exited with error: signal: trace/breakpoint trap",
    "134, Runtime exited with error: signal: aborted",
    "135, Runtime exited with error: signal: bus error",
    "136, Runtime exited with error: signal: floating point exception",
    "137, Runtime exited with error: signal: killed",
    "139, Runtime exited with error: signal: segmentation fault",
    "143, Runtime exited with error: signal: terminated",
    "255, Runtime exited with error: exit status 255"
  })
  void isInAwsWords(int status, String reason) {
    assertThat(ExitReason.of(status)).isEqualTo(reason);
  }
}
