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
    Map<String, String> flags =
        Map.ofEntries(
            Map.entry("websocket.max-frame", "1000"),
            Map.entry("websocket.max-message", "2000"),
            Map.entry("websocket.max-waiting", "3"),
            Map.entry("websocket.max-unsent", "4000"),
            Map.entry("websocket.overflow-code", "4008"),
            Map.entry("websocket.idle-timeout", "5m"),
            Map.entry("websocket.max-duration", "3h"),
            Map.entry("websocket.close-timeout", "2s"),
            Map.entry("websocket.binary-frames", "true"),
            Map.entry("websocket.compression", "true"));

    assertThat(limits(flags))
        .isEqualTo(
            new WebSocketLimits(
                1000,
                2000,
                3,
                4000,
                4008,
                Duration.ofMinutes(5),
                Duration.ofHours(3),
                Duration.ofSeconds(2),
                true,
                true));
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
