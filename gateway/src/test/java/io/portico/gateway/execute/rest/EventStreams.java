package io.portico.gateway.execute.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Answers of InvokeWithResponseStream, event by event. */
public final class EventStreams {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public EventStreams chunk(String payload) {
    return event("PayloadChunk", payload);
  }

  public EventStreams event(String type, String payload) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":event-type", type);
    header(headers, ":message-type", "event");
    byte[] content = payload.getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[16 + headers.size() + content.length];
    ByteBuffer buffer = ByteBuffer.wrap(message).putInt(message.length).putInt(headers.size());
    buffer.putInt(crc(message, 8)).put(headers.toByteArray()).put(content);
    buffer.putInt(crc(message, message.length - 4));
    bytes.writeBytes(message);
    return this;
  }

  public byte[] ended() {
    return event("InvokeComplete", "{}").open();
  }

  /** Without an end. */
  public byte[] open() {
    return bytes.toByteArray();
  }

  private static void header(ByteArrayOutputStream headers, String name, String value) {
    headers.write(name.length());
    headers.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    headers.write(7);
    headers.write(0);
    headers.write(value.length());
    headers.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
