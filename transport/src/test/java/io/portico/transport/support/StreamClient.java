package io.portico.transport.support;

import static io.portico.transport.support.FrameClient.ACK;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import io.portico.transport.support.FrameClient.Frame;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP/2 with many streams at once: a thread reads whatever comes, so that windows of
 * both sides can be kept. What a stream does not read it does not give back to its window.
 */
public final class StreamClient implements AutoCloseable {
  /** SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441, 3). */
  public static final int ENABLE_CONNECT_PROTOCOL = 8;

  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int FIRST_WINDOW = 65_535;
  private static final int MOST_IN_FRAME = 16 * 1024;

  /** From so many bytes on they are given back to a window, as usual clients do it. */
  private static final int MOST_OWED = 16 * 1024;

  private static final int CANCEL = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FrameClient frames;
  private final Map<Integer, Integer> settings = new TreeMap<>();
  private final Thread reader;

  // All of this, and what streams have, is guarded by this.

  private final Map<Integer, Stream> streams = new HashMap<>();
  private long window = FIRST_WINDOW;
  private int owed;
  private int lastStream = -1;
  private boolean over;

  /** The error codes of GOAWAY frames. */
  private final List<Integer> goodbyes = new ArrayList<>();

  /** One that greets on a connection. */
  public StreamClient(Socket socket) throws IOException {
    frames = new FrameClient(socket);
    Frame told = frames.greet();
    for (int at = 0; at < told.payload().length; at += 6) {
      settings.put(
          Unpooled.wrappedBuffer(told.payload()).getUnsignedShort(at), told.number(at + 2));
    }
    // Streams may be silent for longer than a test is patient.
    socket.setSoTimeout(0);
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Connects without encryption and greets. */
  public static StreamClient greeting(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, 20_000);
    return new StreamClient(socket);
  }

  /** What the server has told first. */
  public Map<Integer, Integer> settings() {
    return settings;
  }

  /** Asks for a WebSocket connection on a new stream. */
  public Stream connect(String... namesAndValues) throws IOException {
    return connect(false, namesAndValues);
  }

  /**
   * Asks for a WebSocket connection on a new stream.
   *
   * @param alone whether all ends when the stream is closed
   */
  Stream connect(boolean alone, String... namesAndValues) throws IOException {
    String[] first = {
      ":method", "CONNECT",
      ":protocol", "websocket",
      ":scheme", "https",
      ":path", "/chat",
      ":authority", "localhost",
      "sec-websocket-version", "13"
    };
    return begin(alone, 0, FrameClient.block(first, lower(namesAndValues)));
  }

  /** Sends a GET on a new stream. */
  public Stream get(String path) throws IOException {
    return begin(false, END_STREAM, FrameClient.block(FrameClient.usual("GET", path)));
  }

  /** Begins a new stream with a head. */
  public Stream head(int flags, String... fields) throws IOException {
    return begin(false, flags, FrameClient.block(fields));
  }

  private static String[] lower(String[] namesAndValues) {
    String[] fields = namesAndValues.clone();
    for (int i = 0; i < fields.length; i += 2) {
      fields[i] = fields[i].toLowerCase(Locale.ROOT);
    }
    return fields;
  }

  private synchronized Stream begin(boolean alone, int flags, byte[] block) throws IOException {
    lastStream += 2;
    Stream stream = new Stream(lastStream, alone);
    streams.put(lastStream, stream);
    frames.frame(HEADERS, END_HEADERS | flags, lastStream, block).send();
    return stream;
  }

  /** Sends a frame as it is. */
  public synchronized void frame(int type, int flags, int stream, byte... payload)
      throws IOException {
    frames.frame(type, flags, stream, payload).send();
  }

  private void read() {
    try {
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        heard(frame);
      }
      frames.close();
    } catch (IOException _) {
      // It is over, whoever did it.
    } finally {
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }
  }

  private synchronized void heard(Frame frame) throws IOException {
    Stream stream = streams.get(frame.stream());
    switch (frame.type()) {
      case HEADERS -> {
        Http2Headers head = frames.fields(frame);
        if (stream != null && stream.head == null) {
          stream.head = head;
        }
      }
      case DATA -> {
        if (frame.payload().length > 0 && stream != null) {
          stream.arrived.add(frame.payload());
        }
        owed += frame.payload().length;
        if (owed >= MOST_OWED) {
          frames.number(WINDOW_UPDATE, 0, owed).send();
          owed = 0;
        }
      }
      case RST_STREAM -> {
        if (stream != null) {
          stream.resetCode = frame.number(0);
        }
      }
      case GOAWAY -> goodbyes.add(frame.number(4));
      case PING -> {
        if (!frame.has(ACK)) {
          frames.frame(PING, ACK, 0, frame.payload()).send();
        }
      }
      case WINDOW_UPDATE -> {
        if (stream != null) {
          stream.window += frame.number(0);
        } else if (frame.stream() == 0) {
          window += frame.number(0);
        }
      }
      default -> {
        // Nothing to keep.
      }
    }
    if (stream != null && frame.type() <= HEADERS && frame.has(END_STREAM)) {
      stream.ended = true;
    }
    notifyAll();
  }

  private void await(BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new IOException("nothing happens");
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /** Waits for a GOAWAY; its error code. */
  public synchronized int goodbye() throws IOException {
    await(() -> !goodbyes.isEmpty() || over);
    if (goodbyes.isEmpty()) {
      throw new EOFException("ended without a goodbye");
    }
    return goodbyes.getLast();
  }

  /** Goes away with a reset of the connection. */
  public void reset() throws IOException {
    frames.reset();
  }

  @Override
  public void close() throws IOException {
    frames.close();
    try {
      reader.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** One stream. */
  public final class Stream implements ByteStream {
    private final int id;
    private final boolean alone;
    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private long window = settings.getOrDefault(INITIAL_WINDOW_SIZE, FIRST_WINDOW);
    private @Nullable Http2Headers head;

    /** How much of the first of what has arrived was read. */
    private int read;

    /** How much was read that was not given back to the window. */
    private int owed;

    private boolean ended;
    private int resetCode = -1;

    private Stream(int id, boolean alone) {
      this.id = id;
      this.alone = alone;
    }

    public int id() {
      return id;
    }

    /** The status of the answer. */
    public int status() throws IOException {
      return Integer.parseInt(String.valueOf(head().status()));
    }

    /** The fields of the answer; of several by one name the last. */
    public Map<String, String> fields() throws IOException {
      Map<String, String> fields = new TreeMap<>();
      head().forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
      return fields;
    }

    private Http2Headers head() throws IOException {
      synchronized (StreamClient.this) {
        await(() -> head != null || isLost());
        if (head == null) {
          throw loss();
        }
        return head;
      }
    }

    private boolean isLost() {
      return resetCode >= 0 || over;
    }

    private IOException loss() {
      return resetCode >= 0
          ? new IOException("reset: " + resetCode)
          : new EOFException("the connection has ended");
    }

    @Override
    public Stream send(byte[] bytes) throws IOException {
      int at = 0;
      while (at < bytes.length) {
        synchronized (StreamClient.this) {
          await(() -> Math.min(window, StreamClient.this.window) > 0 || isLost());
          if (isLost()) {
            throw loss();
          }
          long free = Math.min(window, StreamClient.this.window);
          int count = (int) Math.min(Math.min(free, MOST_IN_FRAME), bytes.length - at);
          byte[] part = new byte[count];
          System.arraycopy(bytes, at, part, 0, count);
          frames.frame(DATA, 0, id, part).send();
          window -= count;
          StreamClient.this.window -= count;
          at += count;
        }
      }
      return this;
    }

    @Override
    public String text(int count) throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      while (text.size() < count) {
        if (!isRead(text, count)) {
          throw new EOFException("ended " + (count - text.size()) + " bytes too early");
        }
      }
      return text.toString(ISO_8859_1);
    }

    @Override
    public String rest() throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      boolean more = true;
      while (more) {
        more = isRead(text, Integer.MAX_VALUE);
      }
      return text.toString(ISO_8859_1);
    }

    /** Reads some more, up to {@code most} in all; false at the end. */
    private boolean isRead(ByteArrayOutputStream text, int most) throws IOException {
      synchronized (StreamClient.this) {
        await(() -> !arrived.isEmpty() || ended || isLost());
        if (arrived.isEmpty()) {
          if (ended) {
            return false;
          }
          throw loss();
        }
        byte[] next = arrived.getFirst();
        int count = Math.min(next.length - read, most - text.size());
        text.write(next, read, count);
        read += count;
        if (read == next.length) {
          arrived.removeFirst();
          read = 0;
        }
        owed += count;
        if (owed >= MOST_OWED && !ended && !isLost()) {
          frames.number(WINDOW_UPDATE, id, owed).send();
          owed = 0;
        }
        return true;
      }
    }

    @Override
    public boolean isReset() throws IOException {
      synchronized (StreamClient.this) {
        await(() -> ended || isLost());
        return resetCode >= 0 || !ended;
      }
    }

    /** With which code the server has reset it; waits for that. */
    public int resetCode() throws IOException {
      synchronized (StreamClient.this) {
        await(this::isLost);
        if (resetCode < 0) {
          throw loss();
        }
        return resetCode;
      }
    }

    @Override
    public void endOutput() throws IOException {
      frame(DATA, END_STREAM, id);
    }

    @Override
    public void reset() throws IOException {
      byte[] code = {0, 0, 0, CANCEL};
      frame(RST_STREAM, 0, id, code);
    }

    @Override
    public void close() throws IOException {
      if (alone) {
        StreamClient.this.close();
      }
    }
  }
}
