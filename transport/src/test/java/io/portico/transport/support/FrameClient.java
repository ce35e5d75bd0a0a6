package io.portico.transport.support;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection, a client's if nothing else is said, that sends exactly the HTTP/2 frames
 * it is told to, and reads those that come back.
 */
public final class FrameClient implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder(true, 1 << 20);

  /** A frame as it stood on the wire. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Frame(int type, int flags, int stream, byte[] payload) {
    public boolean has(int flag) {
      return (flags & flag) != 0;
    }

    /** The four bytes at {@code offset}: an error code, an increment. */
    public int number(int offset) {
      return Unpooled.wrappedBuffer(payload).getInt(offset);
    }
  }

  /** An answer whose stream has ended. */
  public record Answer(int status, List<Map.Entry<String, String>> fields, String body) {
    public @Nullable String field(String name) {
      return fields.stream()
          .filter(field -> field.getKey().equals(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }
  }

  public FrameClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connects without encryption and greets. */
  public static FrameClient greeting(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, PATIENCE_MILLIS);
    FrameClient client = new FrameClient(socket);
    client.greet();
    return client;
  }

  /**
   * Greets, and takes the server's settings for its own.
   *
   * @return the server's settings
   */
  public Frame greet() throws IOException {
    bytes(PREFACE).frame(SETTINGS, 0, 0).send();
    Frame told = next(SETTINGS);
    frame(SETTINGS, ACK, 0).send();
    return told;
  }

  /**
   * Greets as a server, and takes the client's settings for its own.
   *
   * @param settings the payload of the server's
   * @return the client's settings
   */
  public Frame welcome(byte... settings) throws IOException {
    byte[] preface = in.readNBytes(PREFACE.length);
    if (!Arrays.equals(preface, PREFACE)) {
      throw new IOException("no HTTP/2: " + new String(preface, StandardCharsets.ISO_8859_1));
    }
    frame(SETTINGS, 0, 0, settings).send();
    Frame told = next(SETTINGS);
    frame(SETTINGS, ACK, 0).send();
    return told;
  }

  /** Adds the head of an answer. */
  public FrameClient status(int flags, int stream, int status, String... namesAndValues) {
    String[] first = {":status", String.valueOf(status)};
    return head(flags, stream, block(first, namesAndValues));
  }

  /** Adds bytes to what is sent next. */
  public FrameClient bytes(byte[] bytes) {
    waiting.writeBytes(bytes);
    return this;
  }

  /** Adds a frame to what is sent next. */
  public FrameClient frame(int type, int flags, int stream, byte... payload) {
    return header(payload.length, type, flags, stream).bytes(payload);
  }

  /** Adds the header of a frame whose payload may never follow. */
  public FrameClient header(int length, int type, int flags, int stream) {
    byte[] header = new byte[9];
    Unpooled.wrappedBuffer(header)
        .setMedium(0, length)
        .setByte(3, type)
        .setByte(4, flags)
        .setInt(5, stream);
    return bytes(header);
  }

  /** Adds a frame of one number: RST_STREAM, WINDOW_UPDATE. */
  public FrameClient number(int type, int stream, int number) {
    byte[] payload = new byte[4];
    Unpooled.wrappedBuffer(payload).setInt(0, number);
    return frame(type, 0, stream, payload);
  }

  /** Adds a request's head: the usual pseudo-fields of GET, and fields. */
  public FrameClient get(int stream, String path, String... namesAndValues) {
    return head(END_STREAM, stream, block(usual("GET", path), namesAndValues));
  }

  /** Adds a request's head, in as many frames as it takes. */
  public FrameClient head(int flags, int stream, byte[] block) {
    int most = 16 * 1024;
    int type = HEADERS;
    for (int at = 0; at < block.length; at += most) {
      byte[] part = Arrays.copyOfRange(block, at, Math.min(block.length, at + most));
      int end = at + most >= block.length ? END_HEADERS : 0;
      frame(type, type == HEADERS ? flags | end : end, stream, part);
      type = CONTINUATION;
    }
    return this;
  }

  /** Adds a request's head that content follows. */
  public FrameClient post(int stream, String path, String... namesAndValues) {
    return frame(HEADERS, END_HEADERS, stream, block(usual("POST", path), namesAndValues));
  }

  public static String[] usual(String method, String path) {
    return new String[] {
      ":method", method, ":scheme", "http", ":path", path, ":authority", "localhost"
    };
  }

  /** Adds the content of a request, whole, in frames as long as are allowed. */
  public FrameClient data(int stream, byte[] content) {
    int most = 16 * 1024;
    for (int at = 0; at < content.length; at += most) {
      int end = Math.min(content.length, at + most);
      frame(
          DATA,
          end == content.length ? END_STREAM : 0,
          stream,
          Arrays.copyOfRange(content, at, end));
    }
    return this;
  }

  /** Adds content, whole. */
  public FrameClient data(int stream, String content) {
    return data(stream, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Fields, each as a literal that enters no table. */
  public static byte[] block(String[] first, String... others) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String[] some : List.of(first, others)) {
      for (int i = 0; i < some.length; i += 2) {
        block.write(0);
        literal(block, some[i]);
        literal(block, some[i + 1]);
      }
    }
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      out.write(bytes.length);
    } else {
      out.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>>= 7) {
        out.write((rest & 127) | 128);
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }

  /** Sends what was added. */
  public FrameClient send() throws IOException {
    byte[] bytes = waiting.toByteArray();
    waiting.reset();
    // Asked for once: what is sent may end the connection, and the socket be closed by then.
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Whether a frame of a type is next; those before it are skipped. */
  public boolean hears(int type) throws IOException {
    byte[] header = new byte[9];
    while (in.available() >= header.length) {
      in.mark(header.length);
      in.readFully(header);
      in.reset();
      if (header[3] == type) {
        return true;
      }
      Frame _ = next();
    }
    return false;
  }

  /** The next frame, or null where the connection has ended. */
  public @Nullable Frame next() throws IOException {
    byte[] header = new byte[9];
    try {
      in.readFully(header);
    } catch (EOFException | SocketException _) {
      return null;
    }
    ByteBuf view = Unpooled.wrappedBuffer(header);
    byte[] payload = new byte[view.getMedium(0)];
    in.readFully(payload);
    return new Frame(view.getByte(3), view.getUnsignedByte(4), view.getInt(5), payload);
  }

  /** The next frame of a type; others are skipped. */
  public Frame next(int type) throws IOException {
    while (true) {
      Frame frame = next();
      if (frame == null) {
        throw new EOFException("ended without a frame of type " + type);
      }
      if (frame.type() == type) {
        return frame;
      }
      if (frame.type() == HEADERS) {
        // Each block counts for the table, whoever looks at it.
        Http2Headers _ = fields(frame);
      }
    }
  }

  /** The fields of HEADERS. */
  public Http2Headers fields(Frame headers) {
    try {
      return fields.decodeHeaders(headers.stream(), Unpooled.wrappedBuffer(headers.payload()));
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads until the answer on {@code stream} is whole; gives back windows on the way. */
  public Answer answer(int stream) throws IOException {
    int status = 0;
    List<Map.Entry<String, String>> received = new ArrayList<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Frame frame = next();
      if (frame == null) {
        throw new EOFException("ended without an answer");
      }
      if (frame.type() == HEADERS) {
        // Each block counts for the table, whosever it is.
        Http2Headers head = fields(frame);
        if (frame.stream() == stream) {
          status = Integer.parseInt(head.status().toString());
          head.forEach(
              field ->
                  received.add(Map.entry(field.getKey().toString(), field.getValue().toString())));
        }
      } else if (frame.type() == DATA && frame.stream() == stream) {
        body.writeBytes(frame.payload());
        if (frame.payload().length > 0) {
          number(WINDOW_UPDATE, 0, frame.payload().length);
          number(WINDOW_UPDATE, stream, frame.payload().length).send();
        }
      } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
        throw new IOException("reset: " + frame.number(0));
      } else if (frame.type() == GOAWAY && frame.number(4) != 0) {
        throw new IOException("goodbye: " + frame.number(4));
      }
      if (frame.stream() == stream && frame.type() <= HEADERS && frame.has(END_STREAM)) {
        return new Answer(status, received, body.toString(StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** Ends the sending side only. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes away with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
