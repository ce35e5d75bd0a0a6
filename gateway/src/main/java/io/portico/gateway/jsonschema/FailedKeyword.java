package io.portico.gateway.jsonschema;

import com.networknt.schema.path.NodePath;
import java.util.List;

/**
 * The keyword that an error is told of: what is wrong within {@code allOf}, {@code anyOf} or {@code
 * oneOf} is, of all that it breaks, the outermost of these.
 *
 * <p>AWS: tells no more of them than how many match; source: second-hand, responses of AWS that
 * users have published.
 *
 * @param name the keyword
 * @param schema which of the schemas that led to the error has it, from the root's
 * @param depth how many steps of the error's location lead to the value that it was applied to
 * @param branch which of its schemas failed, or -1
 */
record FailedKeyword(String name, int schema, int depth, int branch) {
  /**
   * @param evaluation the path of keywords, names and indexes that led to the error
   */
  static FailedKeyword of(NodePath evaluation) {
    List<Object> path = Place.elements(evaluation);
    int at = 0;
    int schema = 0;
    int depth = 0;
    while (at + 1 < path.size()) {
      switch ((String) path.get(at)) {
        case "allOf", "anyOf", "oneOf" -> {
          return new FailedKeyword((String) path.get(at), schema, depth, (int) path.get(at + 1));
        }
        case "$ref" -> at++;
        case "dependencies" -> at += 2;
        case "properties", "patternProperties" -> {
          at += 2;
          depth++;
        }
        case "items", "additionalItems", "additionalProperties" -> {
          at += path.get(at + 1) instanceof Integer ? 2 : 1;
          depth++;
        }
        default -> {
          return new FailedKeyword((String) path.get(at), schema, depth, -1);
        }
      }
      schema++;
    }
    return new FailedKeyword((String) path.get(at), schema, depth, -1);
  }
}
