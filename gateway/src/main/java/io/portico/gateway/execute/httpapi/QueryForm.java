package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.ServiceForm;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of SQS's actions in its query protocol, where attributes are numbered.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/2012-11-05/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class QueryForm {
  private final StringBuilder form = new StringBuilder();

  /** The last number of each list: one parameter may go on with another's. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private QueryForm() {}

  static String of(ServiceForm.Query action, Map<String, String> values) {
    QueryForm form = new QueryForm();
    form.add("Action", action.action());
    form.add("Version", action.version());
    values.forEach(
        (name, value) -> {
          switch (name) {
            case "MessageAttributes" -> form.addAttributes("MessageAttribute", name, value);
            case "MessageSystemAttributes" ->
                form.addAttributes("MessageSystemAttribute", name, value);
            case "AttributeName", "AttributeNames" -> form.addNames("AttributeName", name, value);
            case "MessageAttributeNames" -> form.addNames("MessageAttributeName", name, value);
            default -> form.add(name, value);
          }
        });
    return form.form.toString();
  }

  /** A JSON object: by their names, objects of {@code DataType} and a value. */
  private void addAttributes(String prefix, String name, String json) {
    if (!(parsed(name, json) instanceof ObjectNode attributes)) {
      throw malformed(name + " is no object");
    }
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      String numbered = next(prefix);
      add(numbered + ".Name", attribute.getKey());
      for (Map.Entry<String, JsonNode> member : attribute.getValue().properties()) {
        add(numbered + ".Value." + member.getKey(), text(member.getValue()));
      }
    }
  }

  /** A JSON list, or names parted by commas. */
  private void addNames(String prefix, String name, String value) {
    if (value.startsWith("[") && parsed(name, value) instanceof ArrayNode names) {
      for (JsonNode each : names) {
        add(next(prefix), text(each));
      }
    } else {
      for (String each : value.split(",", -1)) {
        add(next(prefix), each.strip());
      }
    }
  }

  private String next(String prefix) {
    return prefix + "." + numbers.merge(prefix, 1, Integer::sum);
  }

  private static JsonNode parsed(String name, String json) {
    try {
      return Json.parse(json);
    } catch (JacksonException e) {
      throw malformed(name + " is no JSON: " + e.getOriginalMessage());
    }
  }

  private static GatewayFault malformed(String reason) {
    return new GatewayFault(GatewayResponseType.BAD_REQUEST_PARAMETERS, FaultCause.MAPPED_PARAMETER)
        .because(reason);
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : Json.text(value);
  }

  private void add(String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
