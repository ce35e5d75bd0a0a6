package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class JsonTest {

  @Test
  void numbersKeepTheirDigits() {
    assertThat(Json.text(Json.parse("[1.0,1.10,100000000000000000000000]")))
        .isEqualTo("[1.0,1.10,100000000000000000000000]");
  }

  @Test
  void aMemberThatOccursTwiceIsRefusedWhereItWouldBeAmbiguous() {
    assertThat(Json.parse("{\"a\":1,\"a\":2}").get("a").intValue()).isEqualTo(2);
    assertThatThrownBy(() -> Json.parseUnambiguous("{\"x\":{\"a\":1,\"a\":2}}"))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void trailingContentIsRefused() {
    assertThatThrownBy(() -> Json.parseUnambiguous("{} {}")).isInstanceOf(JacksonException.class);
  }
}
