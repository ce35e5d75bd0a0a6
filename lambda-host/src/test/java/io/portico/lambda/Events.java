package io.portico.lambda;

import io.portico.gateway.json.Json;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code application/vnd.amazon.eventstream} as it comes. */
public final class Events {
  private final DataInputStream in;

  /** An event. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Event(String type, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.parse(payload);
    }
  }

  public Events(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** The next event, or null at the end. */
  public @Nullable Event next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    byte[] length = {(byte) first, in.readByte(), in.readByte(), in.readByte()};
    byte[] message = new byte[ByteBuffer.wrap(length).getInt()];
    System.arraycopy(length, 0, message, 0, length.length);
    in.readFully(message, length.length, message.length - length.length);
    ByteBuffer bytes = ByteBuffer.wrap(message);
    check(message, 8);
    check(message, message.length - 4);
    int headersEnd = 12 + bytes.getInt(4);
    String type = "";
    bytes.position(12);
    while (bytes.position() < headersEnd) {
      String name = text(bytes, bytes.get());
      if (bytes.get() != 7) {
        throw new IOException("a header that is no text: " + name);
      }
      String value = text(bytes, bytes.getShort());
      if (name.equals(":event-type")) {
        type = value;
      }
    }
    byte[] payload = new byte[message.length - 4 - headersEnd];
    bytes.get(payload);
    return new Event(type, payload);
  }

  /** The next event, which there must be. */
  public Event expect() throws IOException {
    Event event = next();
    if (event == null) {
      throw new EOFException("no more events");
    }
    return event;
  }

  private static String text(ByteBuffer bytes, int length) {
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private static void check(byte[] message, int end) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(message, 0, end);
    if (ByteBuffer.wrap(message).getInt(end) != (int) crc.getValue()) {
      throw new IOException("a wrong checksum");
    }
  }
}
