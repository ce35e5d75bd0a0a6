package io.portico.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurabilityTest {
  @Test
  void everyAcknowledgedWriteIsFoundAfterTwentyKills(@TempDir Path directory) throws Exception {
    long seed = System.nanoTime();

    DurabilityCheck.Result result = DurabilityCheck.run(directory.resolve("data"), 20, seed);

    assertThat(result.lost()).as("seed %d", seed).isEmpty();
    assertThat(result.kills()).isEqualTo(20);
    assertThat(result.acknowledged()).isGreaterThanOrEqualTo(20);
  }
}
