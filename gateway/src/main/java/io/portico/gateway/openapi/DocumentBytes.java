package io.portico.gateway.openapi;

import io.portico.gateway.http.Utf8;
import java.nio.charset.StandardCharsets;

/** A document as it comes: UTF-8, with a byte order mark or without. */
final class DocumentBytes {
  private static final int MARK_BYTES = 3;

  private final byte[] bytes;
  private final int start;

  /**
   * @throws OpenApiException if the bytes are not UTF-8
   */
  DocumentBytes(byte[] bytes) {
    this.bytes = bytes;
    this.start = marked(bytes) ? MARK_BYTES : 0;
    if (!Utf8.isText(bytes)) {
      throw new OpenApiException("The document is not UTF-8");
    }
  }

  private static boolean marked(byte[] bytes) {
    return bytes.length >= MARK_BYTES
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Where the document begins, behind a byte order mark. */
  int start() {
    return start;
  }

  /** Whether it begins as JSON's objects do. Behind the brace a NUL would tell of UTF-16. */
  boolean isJson() {
    int first = start;
    while (first < bytes.length && isSpace(bytes[first])) {
      first++;
    }
    return first < bytes.length
        && bytes[first] == '{'
        && (first + 1 == bytes.length || bytes[first + 1] != 0);
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  String text() {
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }
}
