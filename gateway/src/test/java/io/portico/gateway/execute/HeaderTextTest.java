package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.FieldText;
import io.portico.gateway.snapshot.ParameterSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderTextTest {

  /** An octet is a character. */
  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "é, Ã©",
    "éġ, Ã©Ä¡",
    "ġ, Ä¡",
    "Ã©, Ã©",
    "Ã©Ä¡, Ã©Ä¡",
    "Ã, Ã\u0083",
    "éÃ©, Ã©Ã\u0083Â©",
    "\ud800x, ?x",
  })
  void textLeavesAsUtf8(String text, String octets) {
    assertThat(FieldText.octets(text)).isEqualTo(octets);
    assertThat(HeaderText.octets(new ParameterSource.StageVariable("a"), text)).isEqualTo(octets);
  }

  @Test
  void whatIsInAFieldStaysAsItIs() {
    assertThat(HeaderText.octets(new ParameterSource.RequestHeader("a", false), "é"))
        .isEqualTo("é");
    assertThat(HeaderText.octets(new ParameterSource.ResponseHeader("a", true), "é"))
        .isEqualTo("é");
  }
}
