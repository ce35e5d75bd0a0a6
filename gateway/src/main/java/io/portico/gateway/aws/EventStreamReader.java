package io.portico.gateway.aws;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages in the encoding {@code application/vnd.amazon.eventstream} as they come.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon event stream
 *     specification</a>
 */
public final class EventStreamReader {
  /** Most bytes of a message: a payload of 16 MB, headers of 128 KB, and what frames them. */
  private static final int LONGEST_MESSAGE = (16 << 20) + (128 << 10) + 16;

  private static final int LENGTHS = 8;
  private static final int CHECKSUM = 4;
  private static final int PRELUDE = LENGTHS + CHECKSUM;

  private final InputStream in;

  /**
   * A message.
   *
   * @param type the member of the event stream's shape, or the name of an exception
   * @param exception whether the message says that the call failed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Event(String type, boolean exception, byte[] payload) {
    /** The payload as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  public EventStreamReader(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the next message.
   *
   * @return null at the end
   * @throws IOException if there is none, it is damaged or too long
   */
  public @Nullable Event next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    byte[] prelude = new byte[PRELUDE];
    prelude[0] = (byte) first;
    readFully(prelude, 1);
    ByteBuffer lengths = ByteBuffer.wrap(prelude);
    int length = lengths.getInt();
    int headerBytes = lengths.getInt();
    check(prelude, LENGTHS);
    if (length > LONGEST_MESSAGE
        || headerBytes < 0
        || length < (long) PRELUDE + headerBytes + CHECKSUM) {
      throw new IOException(
          "an event of " + length + " bytes with " + headerBytes + " bytes of headers");
    }
    byte[] message = new byte[length];
    System.arraycopy(prelude, 0, message, 0, PRELUDE);
    readFully(message, PRELUDE);
    check(message, length - CHECKSUM);
    return event(ByteBuffer.wrap(message, PRELUDE, length - PRELUDE - CHECKSUM), headerBytes);
  }

  private void readFully(byte[] bytes, int from) throws IOException {
    if (in.readNBytes(bytes, from, bytes.length - from) < bytes.length - from) {
      throw new EOFException("the stream ended within an event");
    }
  }

  /** Whether the bytes before {@code at} are those of the checksum that stands there. */
  private static void check(byte[] bytes, int at) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, at);
    if ((int) crc.getValue() != ByteBuffer.wrap(bytes).getInt(at)) {
      throw new IOException("an event with a wrong checksum");
    }
  }

  private static Event event(ByteBuffer rest, int headerBytes) throws IOException {
    int end = rest.position() + headerBytes;
    ByteBuffer headers = rest.duplicate().limit(end);
    String type = "";
    boolean exception = false;
    while (headers.hasRemaining()) {
      String name = text(headers, bytes(headers, 1));
      String value = value(headers);
      switch (name) {
        case ":event-type", ":exception-type", ":error-code" -> type = value;
        case ":message-type" -> exception = !value.equals("event");
        default -> {
          // Says how the payload is written, which its type says as well.
        }
      }
    }
    byte[] payload = new byte[rest.limit() - end];
    rest.position(end).get(payload);
    return new Event(type, exception, payload);
  }

  /** The value of a header; empty where it is no text. */
  private static String value(ByteBuffer headers) throws IOException {
    int type = bytes(headers, 1);
    return switch (type) {
      case 0, 1 -> "";
      case 2 -> skipped(headers, 1);
      case 3 -> skipped(headers, 2);
      case 4 -> skipped(headers, 4);
      case 5, 8 -> skipped(headers, 8);
      case 6 -> skipped(headers, bytes(headers, 2));
      case 7 -> text(headers, bytes(headers, 2));
      case 9 -> skipped(headers, 16);
      default -> throw new IOException("a header of an event with a value of type " + type);
    };
  }

  private static int bytes(ByteBuffer headers, int count) throws IOException {
    require(headers, count);
    return count == 1 ? headers.get() & 0xff : headers.getShort() & 0xffff;
  }

  private static String skipped(ByteBuffer headers, int count) throws IOException {
    require(headers, count);
    headers.position(headers.position() + count);
    return "";
  }

  private static String text(ByteBuffer headers, int length) throws IOException {
    require(headers, length);
    byte[] text = new byte[length];
    headers.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void require(ByteBuffer headers, int count) throws IOException {
    if (headers.remaining() < count) {
      throw new IOException("a header of an event goes beyond its end");
    }
  }
}
