package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

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

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[\"\\ud800\"]}", "{\"\\ud800\":1}", "\"\\udc00\\ud800\""})
  void aDocumentHasNoHalfCharacters(String text) {
    assertThatThrownBy(() -> Json.parseUnambiguous(text)).isInstanceOf(JacksonException.class);
    assertThat(Json.parseUnambiguous("\"\\ud83d\\ude00\"").stringValue()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void whatWasReadCanBeWrittenWithinAnotherDocument() {
    String deepest = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

    assertThat(Json.text(Json.array().add(Json.parse(deepest)))).isEqualTo("[" + deepest + "]");
    assertThat(Yaml.text(Json.parse(deepest), false).strip()).endsWith("- []");
  }

  @Test
  void trailingContentIsRefused() {
    assertThatThrownBy(() -> Json.parseUnambiguous("{} {}")).isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{} {}",
        "[1,]",
        "{\"a\" 1}",
        "\"abc",
        "\"\\x\"",
        "01",
        "nul",
        "[\"\t\"]",
        "{}x"
      })
  void whatIsNoJsonDoesNotPass(String text) {
    assertThatThrownBy(() -> Json.check(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JacksonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " null ", "\"é\"", "-1.5e3", "[{\"a\": [true, \"\\u00e9\"]}]\n"})
  void whatIsJsonPasses(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThatCode(() -> Json.check(bytes)).doesNotThrowAnyException();
    assertThatCode(() -> Json.parse(bytes)).doesNotThrowAnyException();
  }

  @Test
  void whatIsNestedTooDeeplyDoesNotPass() {
    byte[] deep = "[".repeat(Json.MAX_DEPTH + 1).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Json.check(deep)).isInstanceOf(StreamConstraintsException.class);
  }
}
