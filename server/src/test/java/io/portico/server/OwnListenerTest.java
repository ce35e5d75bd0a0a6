package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnListenerTest {
  private final OwnListener own =
      new OwnListener(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4566));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4566",
        "http://127.0.0.1:4566/base/",
        "https://localhost:4566",
        "http://LOCALHOST.:4566",
        "http://s3.localhost:4566",
        "http://[::1]:4566",
        "http://[0:0:0:0:0:0:0:1]:4566",
        "http://[::ffff:127.0.0.1]:4566",
        "http://0.0.0.0:4566",
        "http://[::]:4566"
      })
  void isNamedInManyWays(String endpoint) {
    assertThat(own.isNamedBy(URI.create(endpoint))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:4567",
        "http://localhost",
        "https://localhost",
        "http://127.0.0.2:4566",
        "http://192.0.2.1:4566",
        "http://no-such-host.invalid:4566"
      })
  void isNotAnotherPortOrMachine(String endpoint) {
    assertThat(own.isNamedBy(URI.create(endpoint))).isFalse();
  }

  @Test
  void theUsualPortOfHttpCountsAsWritten() {
    OwnListener usual =
        new OwnListener(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80));

    assertThat(usual.isNamedBy(URI.create("http://localhost"))).isTrue();
    assertThat(usual.isNamedBy(URI.create("https://localhost"))).isFalse();
  }

  @Test
  void aPortThatIsNotChosenYetIsNamedByNothing() {
    OwnListener unchosen =
        new OwnListener(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

    assertThat(unchosen.isNamedBy(URI.create("http://127.0.0.1"))).isFalse();
  }
}
