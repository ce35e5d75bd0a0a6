package io.portico.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WrkTest {

  @Test
  void readsRequestsAndTime() {
    String output =
        """
        Running 3s test @ http://127.0.0.1:35791/item
          1 threads and 64 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     1.39ms  191.05us   5.06ms   92.71%
            Req/Sec    46.11k     2.92k   48.20k    90.00%
          137756 requests in 3.01s, 156.32MB read
        Requests/sec:  45772.04
        Transfer/sec:     51.94MB
        """;

    assertThat(Wrk.answers(output))
        .isEqualTo(new Load.Answers(137_756, 0, Duration.ofMillis(3010)));
  }

  @Test
  void countsRefusalsAndBrokenConnectionsAsFailures() {
    String output =
        """
          500 requests in 1.00m, 1.00MB read
          Socket errors: connect 1, read 2, write 3, timeout 4
          Non-2xx or 3xx responses: 90
        """;

    assertThat(Wrk.answers(output)).isEqualTo(new Load.Answers(500, 100, Duration.ofMinutes(1)));
  }

  @Test
  void outputWithoutATotalIsAFailure() {
    assertThatThrownBy(() -> Wrk.answers("unable to connect to 127.0.0.1:1 Connection refused"))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("Connection refused");
  }
}
