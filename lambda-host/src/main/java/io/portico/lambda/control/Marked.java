package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.PageToken;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of a list, as Lambda's calls ask for it: {@code Marker}, {@code MaxItems}.
 *
 * @param after the key of the last item already sent; empty to start
 */
record Marked(String after, int limit) {
  /** AWS: source: documented, ListFunctions: 50 items a page, whatever is asked for. */
  private static final int MOST = 50;

  static Marked of(Input input) {
    Integer limit = input.integerOrNull("MaxItems");
    String after = PageToken.key(input.stringOrNull("Marker"));
    if (after == null) {
      throw LambdaErrors.invalidParameter("Invalid Marker");
    }
    return new Marked(after, limit == null ? MOST : Math.min(limit, MOST));
  }

  /**
   * The answer of a list operation.
   *
   * @param items the name of its list
   * @param list lists what comes after a key, at most so many, ordered by key
   */
  <T> ObjectNode answer(
      String items,
      BiFunction<String, Integer, List<T>> list,
      Function<T, String> key,
      Function<T, ObjectNode> shape) {
    List<T> found = list.apply(after, limit + 1);
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray(items);
    found.stream().limit(limit).map(shape).forEach(array::add);
    if (found.size() > limit) {
      answer.put("NextMarker", PageToken.of(key.apply(found.get(limit - 1))));
    }
    return answer;
  }
}
