package io.portico.gateway.control.openapi;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * {@code ${AWS::AccountId}}, {@code ${AWS::Partition}} and {@code ${AWS::Region}} in a document's
 * texts, replaced when it is imported.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/import-api-aws-variables.html">AWS
 *     variables for OpenAPI import</a>
 */
public record AwsVariables(String accountId, String region) {
  private static final String MARK = "${AWS::";

  /** Replaces them in the tree, which is changed. */
  public void replaceIn(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode value = member.getValue();
        if (marked(value)) {
          member.setValue(StringNode.valueOf(replaced(value.stringValue())));
        } else {
          replaceIn(value);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        if (marked(value)) {
          array.set(i, StringNode.valueOf(replaced(value.stringValue())));
        } else {
          replaceIn(value);
        }
      }
    }
  }

  private static boolean marked(JsonNode value) {
    return value.isString() && value.stringValue().contains(MARK);
  }

  private String replaced(String text) {
    return text.replace("${AWS::AccountId}", accountId)
        .replace("${AWS::Partition}", partition())
        .replace("${AWS::Region}", region);
  }

  private String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
