package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list, asked for by {@code Marker} and {@code MaxItems}. A marker is the key of the
 * last item already sent, opaque to the caller, and never expires.
 */
final class IamPage {
  /** AWS: source: documented, {@code MaxItems} of every list. */
  private static final int USUAL = 100;

  private final String after;
  private final int limit;

  private IamPage(String after, int limit) {
    this.after = after;
    this.limit = limit;
  }

  /**
   * @throws io.portico.gateway.control.protocol.ServiceException if the marker is none that Portico
   *     has given
   */
  static IamPage of(Input input) {
    Integer limit = input.integerOrNull("MaxItems");
    return new IamPage(decoded(input.stringOrNull("Marker")), limit == null ? USUAL : limit);
  }

  /**
   * Adds the page to an answer.
   *
   * @param all every item, in any order
   * @param key an item's place in the list
   * @param shape an item as the output has it
   */
  <T> ObjectNode answer(
      String member,
      Collection<T> all,
      Function<? super T, String> key,
      Function<? super T, JsonNode> shape) {
    List<T> left =
        all.stream()
            .filter(item -> key.apply(item).compareTo(after) > 0)
            .sorted(Comparator.comparing(key))
            .toList();
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray(member);
    left.stream().limit(limit).map(shape).forEach(items::add);
    answer.put("IsTruncated", left.size() > limit);
    if (left.size() > limit) {
      answer.put("Marker", encoded(key.apply(left.get(limit - 1))));
    }
    return answer;
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(@Nullable String marker) {
    if (marker == null) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // AWS: the text is assumed.
      throw IamErrors.invalid("Invalid Marker.");
    }
  }
}
