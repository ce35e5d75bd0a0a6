package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tags may be. */
public final class TagRules {
  private TagRules() {}

  /**
   * The tags that come with what a call makes, or null.
   *
   * @throws ServiceException if they may not be
   */
  public static @Nullable Map<String, String> sent(OperationCall call, ApiQuotas quotas) {
    Map<String, String> tags = call.input().stringMapOrNull("tags");
    if (tags != null) {
      check(tags, call, quotas);
      quotas.checkTags(owner(call), tags.size());
    }
    return tags;
  }

  /**
   * The tags of something with those that are added to it.
   *
   * @throws ServiceException if they may not be
   */
  public static Map<String, String> with(
      Map<String, String> added, Map<String, String> before, OperationCall call, ApiQuotas quotas) {
    check(added, call, quotas);
    Map<String, String> tags = new LinkedHashMap<>(before);
    tags.putAll(added);
    if (tags.size() > before.size()) {
      quotas.checkTags(owner(call), tags.size());
    }
    return tags;
  }

  // AWS: no key begins with "aws:"; source: documented, TagResource. The text is assumed.
  private static void check(Map<String, String> tags, OperationCall call, ApiQuotas quotas) {
    for (String key : tags.keySet()) {
      if (key.isEmpty() || key.startsWith("aws:")) {
        throw ServiceException.badRequest("Invalid tag key: " + key);
      }
    }
    quotas.checkTags(tags, owner(call));
  }

  private static String owner(OperationCall call) {
    return call.caller().scope() + ", " + call.operation();
  }
}
