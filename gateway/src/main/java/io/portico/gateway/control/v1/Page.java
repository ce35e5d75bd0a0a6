package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list, as {@code position} and {@code limit} of the call ask for it. The position is
 * the key of the last item already sent, opaque to the caller: a list that changes between two
 * pages neither repeats nor skips what stays.
 *
 * @param after the last key already sent; empty to start
 * @param limit most items to send
 */
record Page(String after, int limit) {
  // AWS: the default is 25 and the maximum 500; source: documented, GetRestApis.
  private static final int DEFAULT_LIMIT = 25;
  private static final int MOST = 500;

  static Page of(Input input) {
    Integer limit = input.integerOrNull("limit");
    return new Page(
        decoded(input.stringOrNull("position")),
        limit == null || limit < 1 ? DEFAULT_LIMIT : Math.min(limit, MOST));
  }

  /**
   * The reply of a list operation.
   *
   * @param list lists what comes after a key, at most so many
   * @param key an item's key, by which the list is ordered
   */
  <T> ObjectNode reply(
      BiFunction<String, Integer, List<T>> list,
      Function<T, String> key,
      Function<T, ObjectNode> shape) {
    List<T> found = list.apply(after, limit + 1);
    ObjectNode reply = Json.object();
    ArrayNode items = reply.putArray("item");
    found.stream().limit(limit).map(shape).forEach(items::add);
    if (found.size() > limit) {
      reply.put("position", encoded(key.apply(found.get(limit - 1))));
    }
    return reply;
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(@Nullable String position) {
    if (position == null || position.isEmpty()) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(position), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ServiceException.badRequest("Invalid position parameter");
    }
  }
}
