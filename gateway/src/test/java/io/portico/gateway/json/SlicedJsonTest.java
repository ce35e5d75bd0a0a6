package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

final class SlicedJsonTest {
  private static SlicedJson read(String text) {
    return SlicedJson.read(text.getBytes(StandardCharsets.UTF_8), 0, "p");
  }

  private static JsonNode value(@Nullable Map<String, Supplier<JsonNode>> slices, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(slices).get(name)).get();
  }

  @Test
  void membersOfTheMemberAreReadWhenTheyAreAskedFor() {
    SlicedJson sliced =
        read(
            "{\"a\": 1, \"p\": {\"z\" : {\"é\": [1]} ,\"y\":[2.50 ],\"x\": 7}, \"b\": {\"p\": {}}}");
    Map<String, Supplier<JsonNode>> slices = Objects.requireNonNull(sliced.slices());

    assertThat(sliced.root()).isEqualTo(Json.parse("{\"a\": 1, \"b\": {\"p\": {}}}"));
    assertThat(slices.keySet()).containsExactly("z", "y", "x");
    assertThat(value(slices, "z")).isEqualTo(Json.parse("{\"é\": [1]}"));
    assertThat(Json.text(value(slices, "y"))).isEqualTo("[2.50]");
    assertThat(value(slices, "x").intValue()).isEqualTo(7);
    assertThat(value(slices, "z")).isNotSameAs(value(slices, "z"));
  }

  @Test
  void aDocumentMayBeginLaterInTheBytes() {
    byte[] bytes = "\uFEFF {\"p\": {\"a\": {\"b\": 1}}}".getBytes(StandardCharsets.UTF_8);

    assertThat(value(SlicedJson.read(bytes, 3, "p").slices(), "a"))
        .isEqualTo(Json.parse("{\"b\": 1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"p\": null}", "{\"p\": [{}]}", "{\"p\": 1}", "[{\"p\": {}}]", "1"})
  void whereTheMemberIsNoObjectTheDocumentIsWhole(String text) {
    SlicedJson sliced = read(text);

    assertThat(sliced.slices()).isNull();
    assertThat(sliced.root()).isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"p\": {\"a\": {}}} 1",
        "{\"p\": {\"a\": {}}",
        "{\"p\": {\"a\": {\"b\": }}}",
        "{\"p\": {\"a\": {}, \"a\": {}}}",
        "{\"p\": {\"a\": {\"b\": 1, \"b\": 2}}}",
        "{\"p\": {}, \"p\": {}}",
        "{\"p\": {\"\\ud800\": {}}}",
        "{\"a\": \"\\ud800\"}"
      })
  void whatIsNoJsonOrIsAmbiguousIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void nestingIsBoundedInSlicesToo() {
    String deep = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

    assertThatThrownBy(() -> read("{\"p\": {\"a\": " + deep + "}}"))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void halfACharacterInASliceIsFoundWhenItIsRead() {
    SlicedJson sliced = read("{\"p\": {\"a\": {\"b\": \"\\ud800\"}}}");

    assertThatThrownBy(() -> value(sliced.slices(), "a")).isInstanceOf(JacksonException.class);
  }
}
