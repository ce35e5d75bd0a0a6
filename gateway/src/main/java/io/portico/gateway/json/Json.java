package io.portico.gateway.json;

import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON (RFC 8259), nested at most 512 deep and otherwise within Jackson's own bounds.
 * Trailing content is an error; numbers keep their digits.
 */
public final class Json {
  /** Deeper documents are refused: a tree of them would overflow the stack of whoever walks it. */
  public static final int MAX_DEPTH = 512;

  /** Documents with a longer name of a member are refused. */
  public static final int MAX_NAME = 50_000;

  /** What was read can be written, also within another document. */
  static final StreamWriteConstraints WRITTEN =
      StreamWriteConstraints.builder().maxNestingDepth(2 * MAX_DEPTH).build();

  /** Makes the nodes of all trees. */
  static final JsonNodeFactory NODES = new CompactNodes();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME)
                          .build())
                  .streamWriteConstraints(WRITTEN)
                  .build())
          .nodeFactory(NODES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final ObjectReader UNAMBIGUOUS =
      MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private static final ObjectReader ONE_OF_SEVERAL =
      UNAMBIGUOUS.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  /**
   * @throws JacksonException if the text is not JSON or passes a bound
   */
  public static JsonNode parse(String text) {
    return read(() -> MAPPER.readTree(text));
  }

  /**
   * @param bytes UTF-8
   * @throws JacksonException if the bytes are not JSON or pass a bound
   */
  public static JsonNode parse(byte[] bytes) {
    return read(() -> MAPPER.readTree(bytes));
  }

  /**
   * As {@link #parse(String)}, but a member that occurs twice in an object is an error, and so is
   * half of a character: for documents in which the second would quietly replace the first, and
   * whose texts are kept.
   *
   * @throws JacksonException if the text is not JSON, is ambiguous or passes a bound
   */
  public static JsonNode parseUnambiguous(String text) {
    return texts(read(() -> UNAMBIGUOUS.readTree(text)));
  }

  /**
   * As {@link #parseUnambiguous(String)}.
   *
   * @param bytes UTF-8 from {@code offset} on
   */
  public static JsonNode parseUnambiguous(byte[] bytes, int offset) {
    return parseUnambiguous(bytes, offset, bytes.length - offset);
  }

  static JsonNode parseUnambiguous(byte[] bytes, int offset, int length) {
    return texts(read(() -> UNAMBIGUOUS.readTree(bytes, offset, length)));
  }

  /** Reads the same token by token. */
  static JsonParser unambiguous(byte[] bytes, int offset) {
    return UNAMBIGUOUS.createParser(bytes, offset, bytes.length - offset);
  }

  /** The value that a parser stands at. */
  static JsonNode readValue(JsonParser parser) {
    return read(() -> ONE_OF_SEVERAL.readTree(parser));
  }

  static JsonNode texts(JsonNode node) {
    if (!isText(node)) {
      throw halved();
    }
    return node;
  }

  /** The text, if it has no half of a character. */
  static String whole(String text) {
    if (!Unicode.isText(text)) {
      throw halved();
    }
    return text;
  }

  private static StreamReadException halved() {
    return new StreamReadException("half of a surrogate pair");
  }

  private static boolean isText(JsonNode node) {
    if (node.isString()) {
      return Unicode.isText(node.stringValue());
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!Unicode.isText(member.getKey()) || !isText(member.getValue())) {
        return false;
      }
    }
    return !node.isArray() || node.valueStream().allMatch(Json::isText);
  }

  /**
   * Reads without keeping anything: for what is only passed on. Of numbers, the form counts and not
   * what a number can hold here.
   *
   * @param bytes UTF-8
   * @throws JacksonException if the bytes are not JSON or pass a bound
   */
  public static void check(byte[] bytes) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      if (parser.nextToken() == null) {
        throw noContent();
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new StreamReadException("content behind the end: a JSON text has one value");
      }
    }
  }

  private static JsonNode read(Supplier<JsonNode> tree) {
    JsonNode node;
    try {
      node = tree.get();
    } catch (NumberFormatException e) {
      // Thrown by the number parser where an exponent is beyond what a BigDecimal can hold.
      StreamConstraintsException refusal =
          new StreamConstraintsException("a number is out of bounds");
      refusal.initCause(e);
      throw refusal;
    }
    if (node.isMissingNode()) {
      throw noContent();
    }
    return node;
  }

  private static StreamReadException noContent() {
    return new StreamReadException("no content: a JSON text has one value");
  }

  /** Compact text. */
  public static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** Compact text in which other characters than those of ASCII are escaped. */
  public static String asciiText(JsonNode node) {
    return ASCII.writeValueAsString(node);
  }

  /** Compact UTF-8 text. */
  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** Indented text, as for documents that people read. */
  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** A record or other value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }
}
