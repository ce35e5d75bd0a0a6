package io.portico.gateway.jsonschema;

import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Where a value stands in an instance. Places are in the order in which AWS's validator comes to
 * them: a value before its members, those by name, elements as they stand.
 *
 * @param steps names and indexes, from the root
 */
record Place(List<Object> steps) implements Comparable<Place> {
  /**
   * @param depth how many steps of the path lead there
   */
  static Place of(NodePath path, int depth) {
    return new Place(List.copyOf(elements(path).subList(0, depth)));
  }

  /** The names and indexes of a path, from its root. */
  static List<Object> elements(NodePath path) {
    List<Object> elements = new ArrayList<>(path.getNameCount());
    for (NodePath end = path; end.getNameCount() > 0; end = end.getParent()) {
      elements.add(end.getElement(-1));
    }
    return elements.reversed();
  }

  boolean isRoot() {
    return steps.isEmpty();
  }

  /** Whether this place is beside another or beside one that is above that. */
  boolean isBeside(Place other) {
    int above = steps.size() - 1;
    return above >= 0
        && above < other.steps.size()
        && steps.subList(0, above).equals(other.steps.subList(0, above));
  }

  /** The value at this place. */
  JsonNode in(JsonNode instance) {
    JsonNode value = instance;
    for (Object step : steps) {
      value = step instanceof Integer index ? value.get(index) : value.get((String) step);
    }
    return Objects.requireNonNull(value, "an instance has the values that it fails by");
  }

  @Override
  public int compareTo(Place other) {
    int common = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < common; i++) {
      int order = compare(steps.get(i), other.steps.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(steps.size(), other.steps.size());
  }

  private static int compare(Object step, Object other) {
    return step instanceof Integer index
        ? index.compareTo((Integer) other)
        : ((String) step).compareTo((String) other);
  }
}
