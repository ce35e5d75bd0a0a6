package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list, as a call asks for it.
 *
 * @see PageToken
 */
public final class Page {
  // AWS: the default is 25 and the maximum 500; source: documented, the limit of every v1 list.
  private static final int DEFAULT_LIMIT = 25;
  private static final int MOST = 500;

  private final String after;
  private final int limit;
  private final String items;
  private final String token;

  private Page(String after, int limit, String items, String token) {
    this.after = after;
    this.limit = limit;
    this.items = items;
    this.token = token;
  }

  /**
   * A v1 page, asked for by {@code position} and {@code limit}. AWS: a limit below 1 is no error;
   * source: recorded, facts KEY-06.
   *
   * @throws ServiceException if the position is none that Portico has given
   */
  public static Page v1(Input input) {
    Integer limit = input.integerOrNull("limit");
    return new Page(
        decoded(input.stringOrNull("position"), "Invalid position parameter"),
        limit == null || limit < 1 ? DEFAULT_LIMIT : Math.min(limit, MOST),
        "item",
        "position");
  }

  /**
   * A v2 page, asked for by {@code NextToken} and {@code MaxResults}, which the model has as a
   * text.
   *
   * @throws ServiceException if either is malformed
   */
  public static Page v2(Input input) {
    return v2(input, "items");
  }

  /** The same, where its items are called otherwise. */
  public static Page v2(Input input, String items) {
    return new Page(
        decoded(input.stringOrNull("NextToken"), "Invalid NextToken parameter"),
        maxResults(input.stringOrNull("MaxResults")),
        items,
        "nextToken");
  }

  private static int maxResults(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    try {
      int wanted = Integer.parseInt(text);
      if (wanted >= 1) {
        return Math.min(wanted, MOST);
      }
    } catch (NumberFormatException e) {
      throw invalidMaxResults();
    }
    throw invalidMaxResults();
  }

  private static ServiceException invalidMaxResults() {
    return ServiceException.badRequest("Invalid MaxResults parameter");
  }

  /** The last key already sent; empty to start. */
  public String after() {
    return after;
  }

  /** Most items to send. */
  public int limit() {
    return limit;
  }

  /**
   * The answer of a list operation.
   *
   * @param list lists what comes after a key, at most so many, ordered by key
   * @param key an item's key
   * @param shape an item as the output has it
   */
  public <T> ObjectNode answer(
      BiFunction<String, Integer, List<T>> list,
      Function<T, String> key,
      Function<T, ObjectNode> shape) {
    Listed<T> listed = list(list, key);
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray(items);
    listed.items().stream().map(shape).forEach(array::add);
    if (listed.token() != null) {
      answer.put(token, listed.token());
    }
    return answer;
  }

  /**
   * What a page of items has, where the answer is no list of them.
   *
   * @param list lists what comes after a key, at most so many, ordered by key
   * @param key an item's key
   */
  public <T> Listed<T> list(BiFunction<String, Integer, List<T>> list, Function<T, String> key) {
    List<T> found = list.apply(after, limit + 1);
    return found.size() > limit
        ? new Listed<>(found.subList(0, limit), PageToken.of(key.apply(found.get(limit - 1))))
        : new Listed<>(found, null);
  }

  /**
   * A page's items.
   *
   * @param token of the next page; null where there is none
   */
  public record Listed<T>(List<T> items, @Nullable String token) {}

  private static String decoded(@Nullable String token, String refusal) {
    String key = PageToken.key(token);
    if (key == null) {
      throw ServiceException.badRequest(refusal);
    }
    return key;
  }
}
