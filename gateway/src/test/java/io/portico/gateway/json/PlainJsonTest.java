package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

final class PlainJsonTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0, 0",
    "100000000000000000000000, 100000000000000000000000",
    "1.10, 1.1",
    "1e3, 1000.0",
    "0.1000000000000000000001, 0.1000000000000000000001",
    "1.0000000000000000000001e300, 1.0000000000000000000001E+300",
    "1.0000000000000000000001e-500, 0.0",
    "1.0000000000000000000001e-99999999999, 0.0",
    "0e99999999999, 0.0",
    "1e400, 1E+400",
    "-1e400, -1E+400",
    "1e1000000000, 1E+1000000000",
    "1e2147483648, 1E+2147483648",
    "1.0000000000000000000001e500, 1.0000000000000000000001E+500",
  })
  void numbersKeepTheirValue(String number, String written) {
    assertThat(PlainJson.text(PlainJson.parse(number))).isEqualTo(written);
    assertThat(PlainJson.text(PlainJson.parseLax("{a: " + number + "}")))
        .isEqualTo("{\"a\":" + written + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e99999999999",
        "-1e99999999999",
        "1.0000000000000000000001e99999999999",
        "[0, {\"a\": 1E+2147483649}]",
      })
  void aNumberThatNothingHoldsIsNoJson(String text) {
    assertThatThrownBy(() -> PlainJson.parse(text)).isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> PlainJson.parseLax(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void whatWasReadCanBeWrittenWithinAnotherDocument() {
    String deepest = "[".repeat(Json.MAX_DEPTH) + "1" + "]".repeat(Json.MAX_DEPTH);
    JsonList around = new JsonList();
    around.add(PlainJson.parse(deepest));

    assertThat(PlainJson.text(around)).isEqualTo("[" + deepest + "]");
  }

  @Test
  void whatHoldsItselfIsNotWritten() {
    JsonList endless = new JsonList();
    endless.add(endless);

    assertThatThrownBy(() -> PlainJson.text(endless)).isInstanceOf(IllegalStateException.class);
  }
}
