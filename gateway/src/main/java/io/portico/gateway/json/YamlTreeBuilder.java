package io.portico.gateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.ValueNode;

/**
 * Builds one tree from YAML's events. Everything is bounded while it grows: depth, and what aliases
 * add, because a few lines of aliases can stand for billions of nodes.
 */
final class YamlTreeBuilder {
  /** What all aliases together may add, in nodes and characters. */
  static final int MAX_ALIASED = 10_000_000;

  /**
   * Characters that are read at once. The reader copies what it looks ahead each time, so that the
   * longest scalar costs the square of its length over this; it keeps six bytes a character, in one
   * piece.
   */
  private static final int READ_AHEAD = 256 * 1024;

  private static final int MAX_DIGITS = 1_000;
  private static final String TAG = "tag:yaml.org,2002:";
  private static final String MERGE = "<<";
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d{1,9})?");

  private final JsonNodeFactory nodes = Json.NODES;
  private final Iterator<Event> events;
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private int aliased;

  YamlTreeBuilder(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(Math.clamp(text.length(), 1, READ_AHEAD))
            .build();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  JsonNode build() {
    expect(Event.ID.StreamStart);
    Event start = next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new YamlException("the document is empty");
    }
    JsonNode root = node(next(), 1);
    expect(Event.ID.DocumentEnd);
    if (next().getEventId() != Event.ID.StreamEnd) {
      throw new YamlException("more than one document");
    }
    return root;
  }

  private Event next() {
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() != Event.ID.Comment) {
        return event;
      }
    }
    throw new YamlException("the document ends early");
  }

  private void expect(Event.ID id) {
    Event event = next();
    if (event.getEventId() != id) {
      throw at(event, "unexpected " + event.getEventId());
    }
  }

  private JsonNode node(Event event, int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw at(event, "nested deeper than " + Json.MAX_DEPTH);
    }
    return switch (event) {
      case AliasEvent alias -> alias(alias, depth);
      case ScalarEvent scalar -> anchored(scalar, scalar(scalar));
      case CollectionStartEvent collection -> collection(collection, depth);
      default -> throw at(event, "unexpected " + event.getEventId());
    };
  }

  private JsonNode collection(CollectionStartEvent start, int depth) {
    boolean mapping = start instanceof MappingStartEvent;
    String wanted = mapping ? "map" : "seq";
    Optional<String> tag = start.getTag().filter(text -> !text.equals("!"));
    if (tag.isPresent() && !tag.get().equals(TAG + wanted)) {
      throw at(start, "unsupported tag " + tag.get());
    }
    return anchored(start, mapping ? mapping(depth) : sequence(depth));
  }

  // An anchor is known once its node is complete: a node cannot contain itself.
  private JsonNode anchored(NodeEvent event, JsonNode node) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
    return node;
  }

  private ArrayNode sequence(int depth) {
    ArrayNode array = nodes.arrayNode();
    Event event = next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      array.add(node(event, depth + 1));
      event = next();
    }
    return array;
  }

  private ObjectNode mapping(int depth) {
    ObjectNode object = nodes.objectNode();
    @Nullable JsonNode merged = null;
    Event event = next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      String key = key(event, depth + 1);
      Event valueStart = next();
      JsonNode value = node(valueStart, depth + 1);
      if (key.equals(MERGE) && isPlain(event)) {
        if (merged != null) {
          throw at(event, "duplicate key '<<'");
        }
        merged = value;
        checkMergeable(valueStart, value);
      } else if (object.has(key)) {
        throw at(event, "duplicate key '" + key + "'");
      } else {
        object.set(key, value);
      }
      event = next();
    }
    if (merged != null) {
      merge(object, merged);
    }
    return object;
  }

  private static boolean isPlain(Event event) {
    return event instanceof ScalarEvent scalar && scalar.isPlain();
  }

  private String key(Event event, int depth) {
    String key = null;
    if (event instanceof ScalarEvent scalar) {
      anchored(scalar, scalar(scalar));
      key = scalar.getValue();
    } else if (event instanceof AliasEvent alias
        && alias(alias, depth) instanceof ValueNode value) {
      key = value.asString();
    }
    if (key == null) {
      throw at(event, "a key must be a scalar");
    }
    if (key.length() > Json.MAX_NAME) {
      throw at(event, "a key of more than " + Json.MAX_NAME + " characters");
    }
    return key;
  }

  private static void checkMergeable(Event event, JsonNode value) {
    boolean mergeable = value.isObject();
    if (value.isArray()) {
      mergeable = true;
      for (JsonNode element : value) {
        mergeable &= element.isObject();
      }
    }
    if (!mergeable) {
      throw at(event, "only mappings can be merged");
    }
  }

  /** Own members win, then the mappings to be merged in their order. */
  private static void merge(ObjectNode object, JsonNode merged) {
    Iterable<JsonNode> sources = merged.isArray() ? merged : List.of(merged);
    for (JsonNode source : sources) {
      for (Map.Entry<String, JsonNode> member : source.properties()) {
        if (!object.has(member.getKey())) {
          object.set(member.getKey(), member.getValue());
        }
      }
    }
  }

  private JsonNode alias(AliasEvent event, int depth) {
    String name = event.getAnchor().map(Anchor::getValue).orElse("");
    JsonNode node = anchors.get(name);
    if (node == null) {
      throw at(event, "undefined alias *" + name);
    }
    weigh(event, node, depth);
    return node.deepCopy();
  }

  private void weigh(Event event, JsonNode node, int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw at(event, "nested deeper than " + Json.MAX_DEPTH);
    }
    aliased += 1 + (node.isString() ? node.stringValue().length() : 0);
    if (aliased > MAX_ALIASED) {
      throw at(event, "aliases stand for too much");
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      aliased += member.getKey().length();
      weigh(event, member.getValue(), depth + 1);
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        weigh(event, element, depth + 1);
      }
    }
  }

  private JsonNode scalar(ScalarEvent event) {
    String text = event.getValue();
    if (!Unicode.isText(text)) {
      throw at(event, "half of a surrogate pair");
    }
    Optional<String> tag = event.getTag();
    if (tag.isPresent() && !tag.get().equals("!")) {
      return tagged(event, tag.get(), text);
    }
    return event.isPlain() && tag.isEmpty() ? plain(event, text) : nodes.stringNode(text);
  }

  private JsonNode tagged(ScalarEvent event, String tag, String text) {
    if (tag.equals(TAG + "str")) {
      return nodes.stringNode(text);
    }
    JsonNode value = plain(event, text);
    boolean fits =
        switch (tag) {
          case TAG + "int" -> value.isIntegralNumber();
          case TAG + "float" -> value.isNumber();
          case TAG + "bool" -> value.isBoolean();
          case TAG + "null" -> value.isNull();
          default -> throw at(event, "unsupported tag " + tag);
        };
    if (!fits) {
      throw at(event, "'" + text + "' is no " + tag.substring(TAG.length()));
    }
    return value;
  }

  private JsonNode plain(ScalarEvent event, String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> nodes.nullNode();
      case "true", "True", "TRUE" -> nodes.booleanNode(true);
      case "false", "False", "FALSE" -> nodes.booleanNode(false);
      default -> NUMBER.matcher(text).matches() ? number(event, text) : nodes.stringNode(text);
    };
  }

  private JsonNode number(ScalarEvent event, String text) {
    if (text.length() > MAX_DIGITS) {
      throw at(event, "a number of more than " + MAX_DIGITS + " characters");
    }
    boolean integer = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    if (!integer) {
      return nodes.numberNode(new BigDecimal(text));
    }
    // The same node types as JSON gets, so that equal documents make equal trees.
    BigInteger value = new BigInteger(text);
    if (value.bitLength() < Integer.SIZE) {
      return nodes.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? nodes.numberNode(value.longValue())
        : nodes.numberNode(value);
  }

  private static YamlException at(Event event, String problem) {
    String line =
        event.getStartMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
    return new YamlException(line + problem);
  }
}
