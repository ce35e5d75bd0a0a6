package io.portico.gateway.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * CBOR (RFC 8949) as a tree of JSON's types, within the bounds of {@link Json}: byte strings are
 * binary nodes, and of a tag that is no number's only the value is kept.
 */
public final class Cbor {
  private static final CBORMapper MAPPER =
      CBORMapper.builder(
              CBORFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Json.MAX_DEPTH)
                          .maxNameLength(Json.MAX_NAME)
                          .build())
                  .build())
          .nodeFactory(Json.NODES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Cbor() {}

  /**
   * @throws JacksonException if the bytes are not CBOR, or pass a bound
   */
  public static JsonNode parse(byte[] bytes) {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (ArithmeticException | NumberFormatException e) {
      // Thrown where an exponent is beyond what a BigDecimal can hold.
      StreamReadException refusal = new StreamReadException("a number is out of bounds");
      refusal.initCause(e);
      throw refusal;
    }
    if (node.isMissingNode()) {
      throw new StreamReadException("no content");
    }
    return node;
  }
}
