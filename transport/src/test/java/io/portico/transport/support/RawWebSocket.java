package io.portico.transport.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that sends exactly the frames it is told to, and reads the server's. */
public final class RawWebSocket implements AutoCloseable {
  /** The key of RFC 6455, 1.3, and what a server makes of it. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private final ByteStream client;
  private final Function<String, @Nullable String> fields;

  /**
   * A frame of the server.
   *
   * @param first the byte that says what it is, as it stood on the wire
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody
  public record Frame(int first, byte[] payload) {
    public int opcode() {
      return first & 0x0f;
    }

    public String text() {
      return new String(payload, UTF_8);
    }

    /** The code of a close frame; 1005 where it has none. */
    public int code() {
      return payload.length == 0 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }

    /** The reason of a close frame. */
    public String reason() {
      return new String(payload, 2, payload.length - 2, UTF_8);
    }
  }

  private RawWebSocket(ByteStream client, Function<String, @Nullable String> fields) {
    this.client = client;
    this.fields = fields;
  }

  /** Connects, and has the connection upgraded. */
  public static RawWebSocket open(InetSocketAddress address) throws IOException {
    return open(new RawClient(address));
  }

  /**
   * Has a connection upgraded.
   *
   * @param fields more lines of the handshake
   */
  public static RawWebSocket open(RawClient client, String... fields) throws IOException {
    client.send(handshake(fields));
    RawClient.Answer answer = client.answerWithoutBody();
    if (answer.status() != 101) {
      throw new IOException("answered " + answer.status());
    }
    return new RawWebSocket(client, answer::field);
  }

  /** Has a connection upgraded at a path. */
  public static RawWebSocket openAt(RawClient client, String path) throws IOException {
    client.send(handshake().replace("/chat", path));
    RawClient.Answer answer = client.answerWithoutBody();
    if (answer.status() != 101) {
      throw new IOException("answered " + answer.status());
    }
    return new RawWebSocket(client, answer::field);
  }

  /** Takes a stream of HTTP/2 that asks for WebSocket. */
  public static RawWebSocket open(StreamClient.Stream stream) throws IOException {
    if (stream.status() != 200) {
      throw new IOException("answered " + stream.status());
    }
    Map<String, String> answer = stream.fields();
    return new RawWebSocket(stream, name -> answer.get(name.toLowerCase(Locale.ROOT)));
  }

  /** A field of the answer that has opened it. */
  public @Nullable String field(String name) {
    return fields.apply(name);
  }

  /** An opening handshake, with more fields. */
  public static String handshake(String... fields) {
    return "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + KEY
        + "\r\n"
        + String.join("", List.of(fields).stream().map(field -> field + "\r\n").toList())
        + "\r\n";
  }

  /** A frame as clients send it: masked, its length in the shortest form. */
  public static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    int length = payload.length;
    if (length < 126) {
      frame.write(0x80 | length);
    } else if (length < 65536) {
      frame.write(0x80 | 126);
      frame.write(length >>> 8);
      frame.write(length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) length >>> shift));
      }
    }
    frame.writeBytes(MASK);
    for (int i = 0; i < length; i++) {
      frame.write(payload[i] ^ MASK[i % 4]);
    }
    return frame.toByteArray();
  }

  public static byte[] frame(int first, String text) {
    return frame(first, text.getBytes(UTF_8));
  }

  public RawWebSocket send(byte[] bytes) throws IOException {
    client.send(bytes);
    return this;
  }

  /** Sends a whole text message. */
  public RawWebSocket text(String text) throws IOException {
    return send(frame(FIN | TEXT, text));
  }

  /** Sends a close frame. */
  public RawWebSocket close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return send(frame(FIN | CLOSE, payload));
  }

  /** The server's next frame. */
  public Frame frame() throws IOException {
    int first = octet();
    int length = octet();
    if ((length & 0x80) != 0) {
      throw new IOException("a server that masks");
    }
    long size = length == 126 ? number(2) : length == 127 ? number(8) : length;
    return new Frame(first, client.text((int) size).getBytes(ISO_8859_1));
  }

  private int octet() throws IOException {
    return client.text(1).charAt(0);
  }

  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | octet();
    }
    return number;
  }

  /** What the server sends until it ends its side. */
  public String rest() throws IOException {
    return client.rest();
  }

  /** What is beneath. */
  public ByteStream client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
