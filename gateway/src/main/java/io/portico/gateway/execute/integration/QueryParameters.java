package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of AWS's query protocol as the document they stand for: {@code Names.member.1=a} is
 * the list {@code Names}.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
final class QueryParameters {
  /** More than any list of a request; a greater number is a mistake, or an attack. */
  private static final int MOST_MEMBERS = 1000;

  /** More steps into lists and structures than a request has; what they make outgrows the names. */
  private static final int MOST_STEPS = 10_000;

  private final ObjectNode document = Json.object();

  /** Members that were made because a later one came before them, in all lists. */
  private int skipped;

  /** Steps into lists and structures so far. */
  private int steps;

  private QueryParameters() {}

  /**
   * The document.
   *
   * @param parameters decoded
   * @param protocol knows which members are no text
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} for names that contradict each other, or
   *     leave out more members of lists than a request has
   */
  static ObjectNode document(Map<String, List<String>> parameters, JsonProtocol protocol) {
    QueryParameters all = new QueryParameters();
    parameters.forEach(
        (name, values) -> {
          if (!values.isEmpty()) {
            all.put(name, value(name, values.getLast(), protocol));
          }
        });
    return all.document;
  }

  private static JsonNode value(String name, String text, JsonProtocol protocol) {
    if (protocol.booleans().contains(name) && (text.equals("true") || text.equals("false"))) {
      return Json.tree(text.equals("true"));
    }
    return protocol.numbers().contains(name) && text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")
        ? Json.tree(new BigDecimal(text))
        : Json.tree(text);
  }

  private void put(String name, JsonNode value) {
    String[] steps = name.split("\\.", 33);
    if (steps.length > 32) {
      throw mistaken(name);
    }
    JsonNode parent = document;
    for (int i = 0; i < steps.length; i++) {
      boolean member = i + 1 < steps.length && steps[i].equals("member") && isIndex(steps[i + 1]);
      if (member) {
        i++;
      }
      boolean last = i + 1 == steps.length;
      boolean list = !last && steps[i + 1].equals("member");
      parent = step(parent, steps[i], member, last ? value : list ? Json.array() : Json.object());
      if (parent == null) {
        throw mistaken(name);
      }
    }
  }

  /** What stands at a step, made where there is nothing; null where something else does. */
  private @Nullable JsonNode step(JsonNode parent, String step, boolean member, JsonNode fresh) {
    if (fresh.isContainer() && ++steps > MOST_STEPS) {
      return null;
    }
    @Nullable JsonNode present;
    if (member) {
      if (!(parent instanceof ArrayNode list)) {
        return null;
      }
      int index = Integer.parseInt(step) - 1;
      while (list.size() < index) {
        if (++skipped > MOST_MEMBERS) {
          return null;
        }
        list.addNull();
      }
      if (list.size() == index) {
        list.addNull();
      }
      present = list.get(index).isNull() ? null : list.get(index);
      if (present == null) {
        list.set(index, fresh);
      }
    } else {
      if (!(parent instanceof ObjectNode structure)) {
        return null;
      }
      present = structure.get(step);
      if (present == null) {
        structure.set(step, fresh);
      }
    }
    return present == null
        ? fresh
        : present.getClass() == fresh.getClass() && present.isContainer() ? present : null;
  }

  private static boolean isIndex(String step) {
    return step.matches("[1-9][0-9]{0,3}") && Integer.parseInt(step) <= MOST_MEMBERS;
  }

  private static GatewayFault mistaken(String name) {
    return GatewayFault.misconfigured("not a parameter of an action: " + name);
  }
}
