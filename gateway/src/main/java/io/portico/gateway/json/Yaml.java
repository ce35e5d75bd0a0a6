package io.portico.gateway.json;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * YAML as another way to write JSON: one document, keys are texts, aliases and merge keys are
 * expanded, tags beyond JSON's types are refused.
 *
 * <p>A plain scalar is what it would be in JSON, so that a number keeps its digits; what JSON has
 * no number for ({@code 0x1F}, {@code .inf}, {@code 007}, dates) is a text.
 */
public final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(YAMLFactory.builder().streamWriteConstraints(Json.WRITTEN).build())
          .build();
  private static final YAMLMapper MAPPER_WITHOUT_START =
      MAPPER.rebuild().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private Yaml() {}

  /**
   * @throws YamlException if the text is not one YAML document, has a key twice, cannot be said in
   *     JSON or passes a bound
   */
  public static JsonNode parse(String text) {
    try {
      return new YamlTreeBuilder(text).build();
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw new YamlException(line + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new YamlException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Block style, every text in quotes.
   *
   * @param startMarker whether the document begins with {@code ---}
   */
  public static String text(JsonNode node, boolean startMarker) {
    return (startMarker ? MAPPER : MAPPER_WITHOUT_START).writeValueAsString(node);
  }
}
