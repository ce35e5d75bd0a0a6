package io.portico.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CoresTest {
  private static final List<String> COMMAND = List.of("sleep", "1");

  @Test
  void eachSideHasACoreOfItsOwn() {
    Cores cores = new Cores();
    assumeTrue(cores.separable());

    assertThat(cores.onGatewayCore(COMMAND)).endsWith("-c", "0", "sleep", "1");
    assertThat(cores.onLoadCore(COMMAND)).endsWith("-c", "1", "sleep", "1");
  }

  @Test
  void orBothAreForAll() {
    Cores cores = Cores.shared();
    assumeTrue(cores.separable());

    assertThat(cores.onGatewayCore(COMMAND)).endsWith("-c", "0,1", "sleep", "1");
    assertThat(cores.onLoadCore(COMMAND)).isEqualTo(cores.onGatewayCore(COMMAND));
  }
}
