package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1.0|1.0",
        "1.10|1.10",
        "-7|-7",
        "200|200",
        "12345678901234567890123|12345678901234567890123",
        "1e3|1E+3",
        "true|true",
        "False|false",
        "~|null",
        "null|null",
        "yes|\"yes\"",
        "on|\"on\"",
        "007|\"007\"",
        "0x1F|\"0x1F\"",
        ".inf|\".inf\"",
        "2016-10-13|\"2016-10-13\"",
        "'200'|\"200\"",
        "!!str 200|\"200\"",
        "! 200|\"200\"",
      })
  void aPlainScalarIsWhatJsonWouldReadAndKeepsItsDigits(String yaml, String json) {
    assertThat(Json.text(Yaml.parse(yaml))).isEqualTo(json);
  }

  @Test
  void keysAreTexts() {
    assertThat(Json.text(Yaml.parse("200: a\ntrue: b\n1.0: c\n'x y': d")))
        .isEqualTo("{\"200\":\"a\",\"true\":\"b\",\"1.0\":\"c\",\"x y\":\"d\"}");
  }

  @Test
  void anAliasStandsForACopyOfWhatItNames() {
    JsonNode tree = Yaml.parse("a: &x {k: [1, &y two]}\nb: *x\nc: *y\n*y : three");

    assertThat(Json.text(tree))
        .isEqualTo(
            "{\"a\":{\"k\":[1,\"two\"]},\"b\":{\"k\":[1,\"two\"]},\"c\":\"two\",\"two\":\"three\"}");
    assertThat(tree.get("b")).isNotSameAs(tree.get("a"));
  }

  @Test
  void mergedMembersGiveWayToOwnOnes() {
    assertThat(
            Json.text(
                Yaml.parse("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 0")))
        .endsWith("\"c\":{\"x\":0,\"y\":2,\"z\":4}}");
  }

  @Test
  void blockTextsKeepTheirLines() {
    assertThat(Yaml.parse("t: |\n  #set($a = 1)\n  {\"a\": $a}\n").get("t").stringValue())
        .isEqualTo("#set($a = 1)\n{\"a\": $a}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# only a comment",
        "a: 1\na: 2",
        "200: a\n'200': b",
        "a: *b",
        "&a [*a]",
        "a: [1, 2",
        "a: b: c",
        "--- a\n--- b",
        "? {a: b}\n: c",
        "a: !Sub 'x'",
        "a: !!int x",
        "a: !!map [1]",
        "a: !!java.lang.Runtime {}",
        "<<: 5",
        "\u0000",
        "\t- a",
      })
  void whatIsNotOneUnambiguousDocumentIsRefused(String yaml) {
    assertThatThrownBy(() -> Yaml.parse(yaml)).isInstanceOf(YamlException.class);
  }

  @Test
  void aRefusalNamesTheLine() {
    assertThatThrownBy(() -> Yaml.parse("a: 1\nb: 2\na: 3"))
        .hasMessage("line 3: duplicate key 'a'");
  }

  @Test
  void aliasesThatStandForBillionsOfNodesAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [".formatted(i, i));
      yaml.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }

    assertThatThrownBy(() -> Yaml.parse(yaml.toString()))
        .hasMessageEndingWith("aliases stand for too much");
  }

  @Test
  void aLongTextNamedManyTimesIsRefused() {
    String yaml = "a: &a " + "x".repeat(100_000) + "\nb: [" + "*a, ".repeat(200) + "]";

    assertThatThrownBy(() -> Yaml.parse(yaml)).hasMessageEndingWith("aliases stand for too much");
  }

  @Test
  void aKeyIsAsLongAsOneOfJsonAtMost() {
    String longest = "k".repeat(Json.MAX_NAME);

    assertThat(Yaml.parse("? " + longest + "\n: 1").has(longest)).isTrue();
    assertThatThrownBy(() -> Yaml.parse("? " + longest + "k\n: 1"))
        .isInstanceOf(YamlException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: \"\\ud800\"", "\"\\udc00\": a"})
  void halfACharacterIsRefused(String yaml) {
    assertThatThrownBy(() -> Yaml.parse(yaml)).isInstanceOf(YamlException.class);
  }

  @Test
  void depthIsBoundedWithAndWithoutAliases() {
    assertThatThrownBy(() -> Yaml.parse("[".repeat(100_000)))
        .hasMessageEndingWith("nested deeper than 512");

    StringBuilder yaml = new StringBuilder("a0: &a0 " + "[".repeat(100) + "]".repeat(100) + "\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("a%d: &a%d %s*a%d%s\n".formatted(i, i, "[".repeat(100), i - 1, "]".repeat(100)));
    }
    assertThatThrownBy(() -> Yaml.parse(yaml.toString()))
        .hasMessageEndingWith("nested deeper than 512");
  }

  @Test
  void writesBlockStyleWithQuotedTexts() {
    JsonNode tree =
        Json.parse("{\"openapi\":\"3.0.1\",\"paths\":{\"/\":{\"200\":[\"a\",{\"b\":1}]}}}");

    assertThat(Yaml.text(tree, false))
        .isEqualTo("openapi: \"3.0.1\"\npaths:\n  /:\n    \"200\":\n    - \"a\"\n    - b: 1\n");
    assertThat(Yaml.text(tree, true)).startsWith("---\nopenapi:");
    assertThat(Yaml.parse(Yaml.text(tree, true))).isEqualTo(tree);
  }
}
