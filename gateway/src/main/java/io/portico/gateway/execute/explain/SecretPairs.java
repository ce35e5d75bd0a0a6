package io.portico.gateway.execute.explain;

import java.util.HashSet;
import java.util.Set;

/**
 * Which members of JSON have the value of a secret that another member of their object names:
 * {@code {"name": "password", "value": "…"}}, {@code {"Key": "token", "Value": "…"}}. The value may
 * stand behind its name, a few members further on, or right before it.
 */
final class SecretPairs {
  /** So much is looked at behind a name, in which its value has to begin. */
  private static final int AHEAD = 1024;

  private final QuotedJson json;
  private final Secrets secrets;

  /** Where members begin whose value is a secret. */
  private final Set<Integer> values = new HashSet<>();

  /** Where the value of the last member begins that may turn out to be one; or -1. */
  private int last = -1;

  SecretPairs(QuotedJson json, Secrets secrets) {
    this.json = json;
    this.secrets = secrets;
  }

  /** Whether the member that begins there has the value of a secret that was named before. */
  boolean isSecret(int begin) {
    return values.contains(begin);
  }

  /**
   * Takes a member, each in its order.
   *
   * @param begin of it
   * @param value where that begins
   * @param escapes before its quotes
   * @return where the value of a secret begins that this one names and that stands right before it;
   *     or -1
   */
  int named(String name, int begin, int value, int escapes) {
    if (isValue(name)) {
      last = value;
      return -1;
    }
    if (!name.equalsIgnoreCase("name") && !name.equalsIgnoreCase("key")) {
      return -1;
    }
    int end = endOfText(value, escapes);
    if (end < 0 || !secrets.isSecret(json.name(value + escapes + 1, end - 1 - escapes))) {
      return -1;
    }
    int ahead = ahead(end, escapes);
    if (ahead >= 0) {
      values.add(ahead);
      return -1;
    }
    int before = last;
    last = -1;
    return before >= 0 && isNext(json.endOfValue(before, escapes, begin), begin) ? before : -1;
  }

  private static boolean isValue(String name) {
    return name.equalsIgnoreCase("value");
  }

  /** Whether nothing but a comma is between what ends and what begins. */
  private boolean isNext(int end, int begin) {
    int comma = end < 0 ? -1 : json.behindBlanks(end);
    return json.has(',', comma) && json.behindBlanks(comma + 1) == begin;
  }

  /** Behind a text that begins there, or -1 where none does, or none that is short. */
  private int endOfText(int from, int escapes) {
    int quote = json.behindEscapes(from);
    return quote - from == escapes && json.has('"', quote)
        ? json.endOfName(quote + 1, escapes)
        : -1;
  }

  /** Where the member of the value begins in the rest of an object, or -1. */
  private int ahead(int from, int escapes) {
    int to = Math.min(json.content().length(), from + AHEAD);
    int comma = json.behindBlanks(from);
    while (comma < to && json.has(',', comma)) {
      int begin = json.behindBlanks(comma + 1);
      int end = endOfText(begin, escapes);
      int colon = end < 0 ? -1 : json.behindBlanks(end);
      if (colon >= to || !json.has(':', colon)) {
        return -1;
      }
      if (isValue(json.name(begin + escapes + 1, end - 1 - escapes))) {
        return begin;
      }
      int behind = json.endOfValue(json.behindBlanks(colon + 1), escapes, to);
      if (behind < 0) {
        return -1;
      }
      comma = json.behindBlanks(behind);
    }
    return -1;
  }
}
