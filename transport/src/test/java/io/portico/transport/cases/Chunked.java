package io.portico.transport.cases;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A body in the chunked coding. */
final class Chunked {
  private Chunked() {}

  static byte[] of(byte[] body) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    if (body.length > 0) {
      coded.writeBytes(ascii(String.format(Locale.ROOT, "%x\r\n", body.length)));
      coded.writeBytes(body);
      coded.writeBytes(ascii("\r\n"));
    }
    coded.writeBytes(ascii("0\r\n\r\n"));
    return coded.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
