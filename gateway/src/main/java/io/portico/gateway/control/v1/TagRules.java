package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;

/** What tags may be. */
// AWS: at most 50 tags, keys of 1 to 128 and values of up to 256 characters, no key that starts
// with
// "aws:"; source: documented, TagResource. The texts are assumed.
final class TagRules {
  private static final int MOST_TAGS = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TagRules() {}

  static void check(Map<String, String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw ServiceException.badRequest("A resource can have at most " + MOST_TAGS + " tags");
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > LONGEST_KEY || key.startsWith("aws:")) {
            throw ServiceException.badRequest("Invalid tag key: " + key);
          }
          if (value.length() > LONGEST_VALUE) {
            throw ServiceException.badRequest("Invalid tag value for key: " + key);
          }
        });
  }
}
