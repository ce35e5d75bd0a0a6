package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Tags as IAM takes them. AWS: keys are not told apart by casing, but keep theirs; source:
 * documented, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html.
 */
final class TagLists {
  /** AWS: source: documented, IAM and STS quotas. */
  private static final int MOST_TAGS = 50;

  private TagLists() {}

  /** The tags of an input, none where it has none. */
  static Map<String, String> of(Input input) {
    return added(Map.of(), input);
  }

  /** Tags and those of an input, which replace what has their key. */
  static Map<String, String> added(Map<String, String> present, Input input) {
    Map<String, String> tags = new LinkedHashMap<>(present);
    TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonNode tag : input.json().path("Tags")) {
      String key = tag.path("Key").asString();
      if (!seen.add(key)) {
        throw IamErrors.invalidInput(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        // AWS: the text is assumed.
        throw IamErrors.invalidInput("Tag keys that start with aws: are reserved for AWS.");
      }
      tags.keySet().removeIf(key::equalsIgnoreCase);
      tags.put(key, tag.path("Value").asString());
    }
    if (tags.size() > MOST_TAGS) {
      // AWS: the text is assumed.
      throw IamErrors.limitExceeded("The number of tags has reached the maximum limit.");
    }
    return tags;
  }

  static Map<String, String> removed(Map<String, String> present, List<String> keys) {
    Map<String, String> tags = new LinkedHashMap<>(present);
    keys.forEach(key -> tags.keySet().removeIf(key::equalsIgnoreCase));
    return tags;
  }
}
