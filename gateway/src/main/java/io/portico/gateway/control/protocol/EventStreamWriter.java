package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events in the encoding {@code application/vnd.amazon.eventstream}. A message is: its length and
 * that of its headers, the CRC-32 of those eight bytes; headers; a payload; the CRC-32 of all that.
 * A header is: its name, with one byte of length; the type of its value, which is 7 for text; the
 * value, with two bytes of length.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon event stream
 *     specification</a>
 */
public final class EventStreamWriter {
  static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

  private static final int PRELUDE = 8;
  private static final int CHECKSUM = 4;
  private static final byte TEXT = 7;

  private final OutputStream out;

  EventStreamWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * An event whose payload is bytes.
   *
   * @param type the member of the event stream's shape
   */
  public void bytes(String type, byte[] payload) throws IOException {
    write(type, "application/octet-stream", payload);
  }

  /** An event whose payload is a structure. */
  public void json(String type, ObjectNode payload) throws IOException {
    write(type, "application/json", Json.bytes(payload));
  }

  private void write(String type, String contentType, byte[] payload) throws IOException {
    out.write(
        message(
            payload, ":event-type", type, ":content-type", contentType, ":message-type", "event"));
  }

  /**
   * A message.
   *
   * @param headers names and values of ASCII, in turns
   */
  static byte[] message(byte[] payload, String... headers) {
    int headerBytes = 0;
    for (int i = 0; i < headers.length; i += 2) {
      headerBytes += 1 + headers[i].length() + 1 + 2 + headers[i + 1].length();
    }
    int length = PRELUDE + CHECKSUM + headerBytes + payload.length + CHECKSUM;
    byte[] bytes = new byte[length];
    ByteBuffer message = ByteBuffer.wrap(bytes).putInt(length).putInt(headerBytes);
    checksum(bytes, message);
    for (int i = 0; i < headers.length; i += 2) {
      message.put((byte) headers[i].length()).put(ascii(headers[i])).put(TEXT);
      message.putShort((short) headers[i + 1].length()).put(ascii(headers[i + 1]));
    }
    message.put(payload);
    checksum(bytes, message);
    return bytes;
  }

  /** Appends the checksum of all that is there. */
  private static void checksum(byte[] bytes, ByteBuffer message) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, message.position());
    message.putInt((int) crc.getValue());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
