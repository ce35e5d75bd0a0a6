package io.portico.gateway.execute.integration;

import io.portico.gateway.json.Json;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the query protocol in XML as the JSON that AWS's own services answer where it is
 * accepted: emulators know XML only.
 *
 * <p>AWS: {@code SendMessageResponse.SendMessageResult.MessageId} is recorded, facts REQ-16; the
 * rest is inferred from the rules by which the protocol writes its XML. Those are lossy: numbers
 * come as text, and a list that is not wrapped in {@code member}s is one only where it has several,
 * but for those of SQS whose names are known.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
final class XmlReply {
  private static final String ERROR = "ErrorResponse";
  private static final int MOST_LEVELS = 64;

  /**
   * Lists that are not wrapped, by what they are in: what each of their elements is called, and the
   * list in JSON. AWS: source: mapping templates that users have published, such as {@code
   * $.ReceiveMessageResponse.ReceiveMessageResult.messages}.
   */
  private static final Map<String, Flattened> FLATTENED =
      Map.of(
          "ReceiveMessageResult", new Flattened("Message", "messages"),
          "ListQueuesResult", new Flattened("QueueUrl", "queueUrls"));

  private record Flattened(String element, String list) {}

  private XmlReply() {}

  /** The answer as JSON, or null where it is no XML, or none of this protocol's. */
  static byte @Nullable [] json(byte[] xml) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.next() != XMLStreamConstants.START_ELEMENT) {
        if (reader.getEventType() == XMLStreamConstants.DTD) {
          return null;
        }
      }
      String root = reader.getLocalName();
      JsonNode content = element(reader, 1);
      while (reader.hasNext()) {
        reader.next();
      }
      return Json.bytes(root.equals(ERROR) ? content : Json.object().set(root, content));
    } catch (XMLStreamException e) {
      // It stays what it is; the client's own reading of it will tell what is wrong.
      return null;
    }
  }

  /** No document type, and so no entity of its own, is read. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** What stands in the element the reader is at, up to its end. */
  private static JsonNode element(XMLStreamReader reader, int level) throws XMLStreamException {
    String name = reader.getLocalName();
    if (level > MOST_LEVELS) {
      throw new XMLStreamException("more than " + MOST_LEVELS + " levels");
    }
    StringBuilder text = new StringBuilder();
    ObjectNode children = Json.object();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT ->
            add(children, reader.getLocalName(), element(reader, level + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          Flattened list = FLATTENED.get(name);
          return list != null
              ? withList(children, list)
              : children.isEmpty() ? leaf(text.toString()) : unwrapped(children);
        }
        default -> {
          // Comments and processing instructions say nothing.
        }
      }
    }
  }

  private static void add(ObjectNode children, String name, JsonNode child) {
    JsonNode before = children.get(name);
    if (before == null) {
      // A list from the start: what is in it may be one itself.
      children.putArray(name).add(child);
    } else {
      ((ArrayNode) before).add(child);
    }
  }

  private static JsonNode leaf(String text) {
    return text.isEmpty() ? NullNode.getInstance() : Json.tree(text);
  }

  private static JsonNode unwrapped(ObjectNode children) {
    if (children.size() == 1 && children.get("member") instanceof ArrayNode members) {
      return members;
    }
    if (children.size() == 1 && children.get("entry") instanceof ArrayNode entries) {
      ObjectNode map = map(entries);
      if (map != null) {
        return map;
      }
    }
    ObjectNode structure = Json.object();
    children.properties().forEach(child -> structure.set(child.getKey(), single(child.getValue())));
    return structure;
  }

  /** AWS: the list is null where it has no elements; source: as of the names. */
  private static JsonNode withList(ObjectNode children, Flattened flattened) {
    JsonNode elements = children.remove(flattened.element());
    ObjectNode structure = Json.object();
    structure.set(flattened.list(), elements == null ? NullNode.getInstance() : elements);
    children.properties().forEach(child -> structure.set(child.getKey(), single(child.getValue())));
    return structure;
  }

  private static JsonNode single(JsonNode values) {
    return values.size() == 1 ? values.get(0) : values;
  }

  /** The map that entries of {@code key} and {@code value} are, or null where they are not. */
  private static @Nullable ObjectNode map(ArrayNode entries) {
    ObjectNode map = Json.object();
    for (JsonNode entry : entries) {
      JsonNode key = entry.get("key");
      JsonNode value = entry.get("value");
      if (entry.size() != 2 || key == null || value == null || !key.isString()) {
        return null;
      }
      map.set(key.asString(), value);
    }
    return map;
  }
}
