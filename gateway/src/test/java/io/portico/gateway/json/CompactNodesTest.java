package io.portico.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class CompactNodesTest {
  private static final String TEXT =
      """
      {"a":1,"b":[{"type":"string"},{"type":"string"},[],{}],"c":null,"d":true,"e":1.50,"f":{"g":"h"},\
      "i":"","j":0,"k":"ten","l":{"type":"%s"}}"""
          .formatted("x".repeat(100));

  @Test
  void treesAreEqualToThoseOfJacksonsNodes() {
    JsonNode tree = Json.parse(TEXT);
    JsonNode expected =
        JsonMapper.builder()
            .nodeFactory(JsonNodeFactory.instance)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readTree(TEXT);

    assertThat(tree).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(expected).isEqualTo(tree);
    assertThat(Json.text(tree)).isEqualTo(TEXT);
    assertThat(tree.deepCopy()).isEqualTo(expected);
  }

  @Test
  void aTextThatRecursIsOneNode() {
    JsonNode list = Json.parse("[\"recurring\", \"recurring\"]");

    assertThat(list.get(0)).isSameAs(list.get(1));
    assertThat(SharedTexts.of(new String("made of parts")))
        .isSameAs(SharedTexts.of(new String("made of parts")));
  }

  @Test
  void textsOfTheSamePlaceAreToldApart() {
    // Equal hashes: the first of all pairs of this kind.
    JsonNode list = Json.parse("[\"Aa\", \"BB\", \"Aa\"]");

    assertThat(list.get(0).stringValue()).isEqualTo("Aa");
    assertThat(list.get(1).stringValue()).isEqualTo("BB");
    assertThat(list.get(2).stringValue()).isEqualTo("Aa");
    assertThat(SharedTexts.of("Aa") + SharedTexts.of("BB")).isEqualTo("AaBB");
  }

  @Test
  void membersKeepTheirOrderAndAreChanged() {
    ObjectNode object = (ObjectNode) Json.parse(TEXT);

    object.remove("a");
    object.put("z", 2);
    object.put("a", 3);

    assertThat(object.propertyNames())
        .containsExactly("b", "c", "d", "e", "f", "i", "j", "k", "l", "z", "a");
  }
}
