package io.portico.bench.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static final int BYTES = 5 * 1024 * 1024;

  @Test
  void documentsAreAsLongAsIsAskedForInEitherFormat() {
    assertThat(Definitions.ofBytes(BYTES).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(BYTES, BYTES + BYTES / 100);
    assertThat(Definitions.yamlOfBytes(BYTES).getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(BYTES, BYTES + BYTES / 100);
  }
}
