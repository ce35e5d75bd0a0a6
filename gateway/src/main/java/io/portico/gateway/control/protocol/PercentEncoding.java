package io.portico.gateway.control.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes the parts of a request target, once, and strictly: what is malformed is refused. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** A segment of a path. */
  static String decodeSegment(String text) {
    return text.indexOf('%') < 0 ? text : decode(text);
  }

  /** A name or value of a query, where {@code +} is a blank. */
  static String decodeQuery(String text) {
    String blanks = text.replace('+', ' ');
    return blanks.indexOf('%') < 0 ? blanks : decode(blanks);
  }

  private static String decode(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw malformed(text);
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(decoded.flip())
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(text);
    }
  }

  private static ServiceException malformed(String text) {
    return new ServiceException(
        "SerializationException", 400, "The URI part is not well encoded: " + text);
  }
}
