package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class H2loadTest {
  private static final String OUTPUT =
      """
      starting benchmark...
      TLS Protocol: TLSv1.3
      Cipher: TLS_AES_128_GCM_SHA256
      Server Temp Key: X25519 253 bits
      Application protocol: h2

      finished in 3.00s, 42183.33 req/s, 46.16MB/s
      requests: 126550 total, 126806 started, 126550 done, 126540 succeeded, 10 failed, 0 errored, 0 timeout
      status codes: 126540 2xx, 0 3xx, 7 4xx, 3 5xx
      """;

  @Test
  void whatFailedIsCounted() {
    Duration length = Duration.ofSeconds(3);

    assertThat(H2load.answers(OUTPUT, length)).isEqualTo(new Load.Answers(126_540, 20, length));
  }

  @Test
  void anotherCipherSuiteOrProtocolIsAFailure() {
    for (String changed :
        new String[] {
          OUTPUT.replace("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
          OUTPUT.replace("TLSv1.3", "TLSv1.2"),
          OUTPUT.replace("protocol: h2", "protocol: http/1.1")
        }) {
      assertThatThrownBy(() -> H2load.answers(changed, Duration.ofSeconds(3)))
          .isInstanceOf(BenchFailure.class)
          .hasMessageContaining("h2load did not get");
    }
  }

  @Test
  void outputWithoutATotalIsAFailure() {
    assertThatThrownBy(() -> H2load.answers("could not connect", Duration.ofSeconds(3)))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("could not connect");
  }
}
