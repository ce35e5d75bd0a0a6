package io.portico.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpHeadersTest {
  private static final String SECRET = "key-of-a-vendor";

  private static ConfigValues configured(String text) {
    return new ConfigLoader()
        .load(null, Map.of("PORTICO_METRICS_OTLP_HEADERS", text), Map.of("port", "0"));
  }

  private static Map<String, String> headers(String text) {
    return OtlpHeaders.values(configured(text).config().metrics().otlpHeaders());
  }

  @Test
  void arePairsWhoseValuesMayBeEncoded() {
    assertThat(headers("Authorization=Bearer%20a+b%3D, x-tenant=shop=1 ,x-empty="))
        .isEqualTo(Map.of("Authorization", "Bearer a+b=", "x-tenant", "shop=1", "x-empty", ""));
    assertThat(headers("x-name=caf%C3%A9")).containsEntry("x-name", "caf\u00e9");
    assertThat(headers("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "=" + SECRET,
        "a b=" + SECRET,
        "x-key=" + SECRET + ",",
        "x-key=" + SECRET + "%0d%0aX-Y: z",
        "x-key=" + SECRET + "%zz",
        "x-key=1,X-Key=" + SECRET,
        "Host=" + SECRET,
        "content-type=" + SECRET
      })
  void aBadOneIsRefusedAndNotShown(String text) {
    ConfigValues values = configured(text);

    assertThatThrownBy(values::config)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "metrics.otlp-headers: the value from PORTICO_METRICS_OTLP_HEADERS: allowed is"
                + " name=value pairs")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void areShownNowhere() {
    ConfigValues values = configured("x-key=" + SECRET);

    assertThat(ConfigPrinter.yaml(values))
        .containsPattern(
            "(?m)^  otlp-headers: \"\\*\\*\\*\\*\\*\" +# PORTICO_METRICS_OTLP_HEADERS$")
        .doesNotContain(SECRET);
    assertThat(Json.text(ConfigPrinter.json(values)))
        .contains("\"otlp-headers\":\"*****\"")
        .doesNotContain(SECRET);
    assertThat(values.config().toString()).contains("*****").doesNotContain(SECRET);
  }

  /** What is printed may be used as a file: its stars are no key, and are not taken for one. */
  @Test
  void theStarsInPlaceOfThemAreNoHeaders() {
    assertThat(OtlpHeaders.of(ConfigPrinter.SECRET)).isNull();
  }
}
