package io.portico.gateway.jose;

import io.portico.gateway.jose.InvalidTokenException.Check;
import io.portico.gateway.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parts of a token as they are written: base64url without padding, in its one spelling, of
 * UTF-8 and JSON in which no member occurs twice. Nothing is skipped or mended.
 */
final class TokenText {
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private TokenText() {}

  /**
   * @param what the part is called in the refusal
   */
  static byte[] decoded(String part, String what) throws InvalidTokenException {
    byte[] bytes;
    try {
      bytes = DECODER.decode(part);
    } catch (IllegalArgumentException _) {
      throw refused(what + " is not base64url");
    }
    // The decoder takes padding, and any bits behind the last octet.
    if (!ENCODER.encodeToString(bytes).equals(part)) {
      throw refused(what + " is base64url in another spelling than its own");
    }
    return bytes;
  }

  /**
   * @param what the part is called in the refusal
   */
  static ObjectNode object(byte[] json, String what) throws InvalidTokenException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      if (Json.parseUnambiguous(text) instanceof ObjectNode object) {
        return object;
      }
      throw refused(what + " is no JSON object");
    } catch (CharacterCodingException _) {
      throw refused(what + " is not UTF-8");
    } catch (JacksonException _) {
      throw refused(what + " is no JSON without doubled members");
    }
  }

  private static InvalidTokenException refused(String why) {
    return new InvalidTokenException(Check.FORM, why);
  }
}
