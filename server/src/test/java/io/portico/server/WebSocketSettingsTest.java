package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bounds connections of WebSocket APIs is what the configuration says. */
final class WebSocketSettingsTest {

  @Test
  void theyAreAwssAndTheStandardOnesByDefault() {
    assertThat(limits(Map.of())).isEqualTo(WebSocketLimits.standard());
  }

  @Test
  void eachOfThemIsConfigured() {
    WebSocketLimits limits =
        limits(
            Map.of(
                "websocket.max-waiting",
                "3",
                "websocket.overflow-code",
                "4008",
                "websocket.close-timeout",
                "2s"));

    assertThat(limits.waitingMessages()).isEqualTo(3);
    assertThat(limits.overflowCode()).isEqualTo(4008);
    assertThat(limits.closeTimeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "1005", "1006", "3000", "5000", "13", ""})
  void codesThatSaySomethingElseAreRefused(String code) {
    assertThatThrownBy(() -> limits(Map.of("websocket.overflow-code", code)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("allowed is 1008, 1013 or a code from 4000 to 4999");
  }

  private static WebSocketLimits limits(Map<String, String> flags) {
    GatewayConfig config = new ConfigLoader().load(null, Map.of(), flags).config();
    return WebSocketSettings.limits(config.websocket());
  }
}
