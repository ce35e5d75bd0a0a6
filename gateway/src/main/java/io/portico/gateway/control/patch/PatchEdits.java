package io.portico.gateway.control.patch;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The edits that rows have in common. */
public final class PatchEdits {
  /** Every change of a list searches it, while the store waits. */
  static final int LONGEST_LIST = 10_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PatchEdits() {}

  /** A text; removed, or replaced by nothing, it is unset. */
  public static PatchEdit text(String member) {
    return change -> set(change.record(), member, change.removes() ? "" : change.text());
  }

  /** A text that must be there; replaced by nothing it is refused. */
  public static PatchEdit requiredText(String member, String refusal) {
    return change -> {
      if (change.text().isBlank()) {
        throw ServiceException.badRequest(refusal);
      }
      change.record().put(member, change.text());
    };
  }

  /** A text of a closed set; replaced by nothing it is unset. */
  public static PatchEdit oneOf(String member, Set<String> allowed, String refusal) {
    return change -> {
      if (!change.text().isEmpty() && !allowed.contains(change.text())) {
        throw ServiceException.badRequest(refusal);
      }
      set(change.record(), member, change.text());
    };
  }

  public static PatchEdit truth(String member) {
    return change -> change.record().put(member, change.truth());
  }

  /** An entry of a map of texts, named {@code {key}} in the row's path. */
  public static PatchEdit textEntry(String member, String absent) {
    return entry(member, absent, change -> NODES.stringNode(change.text()));
  }

  /** An entry whose empty text is no text. */
  // AWS: a template that is null or empty is stored as null; source: INT-12.
  public static PatchEdit templateEntry(String member, String absent) {
    return entry(
        member,
        absent,
        change -> change.text().isEmpty() ? NODES.nullNode() : NODES.stringNode(change.text()));
  }

  /** An entry of a map of booleans. */
  public static PatchEdit truthEntry(String member, String absent) {
    return entry(member, absent, change -> NODES.booleanNode(change.truth()));
  }

  /**
   * @param absent the 404's text when an entry that is not there is replaced or removed
   */
  private static PatchEdit entry(
      String member, String absent, Function<PatchChange, JsonNode> value) {
    return change -> {
      ObjectNode map = object(change.record(), member);
      String key = change.name("key");
      if (!change.adds() && !map.has(key)) {
        throw ServiceException.notFound(absent);
      }
      if (change.removes()) {
        map.remove(key);
      } else {
        map.set(key, value.apply(change));
      }
      if (map.isEmpty()) {
        change.record().remove(member);
      }
    };
  }

  /** Sets a map of texts as a whole: to a JSON object's, or to none. */
  // AWS: a property's value may be JSON; source: documented, PatchOperation.value.
  public static void setTexts(ObjectNode parent, String member, PatchChange change) {
    ObjectNode texts = change.removes() ? NODES.objectNode() : change.json(change::invalidValue);
    for (JsonNode text : texts) {
      if (!text.isString()) {
        throw change.invalidValue();
      }
    }
    if (texts.isEmpty()) {
      parent.remove(member);
    } else {
      parent.set(member, texts);
    }
  }

  /** The values of a list: add appends one that is not there, remove takes one out. */
  public static PatchEdit listValue(String member) {
    return change -> {
      ArrayNode list = array(change.record(), member);
      removeFrom(list, change.text());
      if (!change.removes() && !change.text().isEmpty()) {
        list.add(change.text());
      }
      if (list.isEmpty()) {
        change.record().remove(member);
      }
    };
  }

  /**
   * A value of a list that is named in the row's path: add appends it, without a value; replace
   * takes it out and appends the value; remove takes it out.
   *
   * @param name its name in the row's path
   */
  // AWS: of media types; source: API-10, API-11. Of other lists it is assumed.
  public static PatchEdit listEntry(String member, String name) {
    return change -> {
      ArrayNode list = array(change.record(), member);
      String entry = change.name(name);
      if (!change.adds()) {
        removeFrom(list, entry);
      }
      String added = change.replaces() ? change.text() : entry;
      if (!change.removes() && !added.isEmpty()) {
        removeFrom(list, added);
        list.add(added);
      }
      if (list.isEmpty()) {
        change.record().remove(member);
      }
    };
  }

  /** Sets a text, or unsets it where it is empty. */
  public static void set(ObjectNode record, String member, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      record.remove(member);
    } else {
      record.put(member, text);
    }
  }

  /** The member's object, put there where there was none. */
  public static ObjectNode object(ObjectNode record, String member) {
    return record.get(member) instanceof ObjectNode object ? object : record.putObject(member);
  }

  /** The member's list, put there where there was none. */
  public static ArrayNode array(ObjectNode record, String member) {
    return record.get(member) instanceof ArrayNode array ? array : record.putArray(member);
  }

  /**
   * Takes a text out of a list; whether it was there.
   *
   * @throws ServiceException if the list is longer than {@value #LONGEST_LIST}
   */
  // AWS: documents no bound; the text is ours.
  public static boolean removeFrom(ArrayNode list, String text) {
    if (list.size() > LONGEST_LIST) {
      throw ServiceException.badRequest(
          "A list of more than %d values cannot be patched".formatted(LONGEST_LIST));
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof StringNode element && element.asString().equals(text)) {
        list.remove(i);
        return true;
      }
    }
    return false;
  }
}
