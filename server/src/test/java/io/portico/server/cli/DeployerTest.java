package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeployerTest {
  @Test
  void selfIsWhatAStageVariableCanHold() {
    assertThat(Deployer.self("http://127.0.0.1:4566/_aws/execute-api/abc/prod"))
        .contains("127.0.0.1:4566/_aws/execute-api/abc/prod");
    assertThat(Deployer.self("http://[::1]:4566/_aws/execute-api/abc/prod"))
        .contains("localhost:4566/_aws/execute-api/abc/prod");
    assertThat(Deployer.self("http://[2001:db8::5]:4566/_aws/execute-api/abc/prod")).isEmpty();
  }
}
