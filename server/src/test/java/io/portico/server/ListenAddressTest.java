package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.1.2.3", "192.0.2.1", "2001:db8::1"})
  void anAddressThatOthersReachIsRefusedInOneLine(String host) {
    assertThatThrownBy(() -> ListenAddress.of(config(host)))
        .isInstanceOf(ConfigException.class)
        .message()
        .hasLineCount(1)
        .startsWith("host: \"" + host + "\": allowed are loopback addresses");
  }

  @Test
  void loopbackIsAllowedInAnyForm() {
    assertThat(ListenAddress.url("http", ListenAddress.of(config("127.0.0.2"))))
        .isEqualTo("http://127.0.0.2:4566");
    assertThat(ListenAddress.url("http", ListenAddress.of(config("::1"))))
        .isEqualTo("http://[::1]:4566");
  }

  private static GatewayConfig config(String host) {
    return new ConfigLoader().load(null, Map.of(), Map.of("host", host)).config();
  }
}
