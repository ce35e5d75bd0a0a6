package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The backend of a run: one thread that answers every request without a body with the same 1 KB. It
 * does next to nothing, so that what is measured is the gateway before it. Prints the port it took.
 */
public final class RawBackend {
  static final int BODY_BYTES = 1024;

  /** The body of every answer. */
  public static final Pattern ANSWER = Pattern.compile("x{" + BODY_BYTES + "}");

  private final ByteBuffer answer = ByteBuffer.allocateDirect(4096).put(answerBytes()).flip();
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);

  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel listener = listen()) {
      System.out.println("port " + listener.socket().getLocalPort());
      new RawBackend().serve(listener);
    }
  }

  static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
  }

  /** Serves until the listener is closed. */
  void serve(ServerSocketChannel listener) throws IOException {
    try (Selector selector = Selector.open()) {
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      while (listener.isOpen()) {
        selector.select(key -> ready(key, selector), 100);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
  }

  private void ready(SelectionKey key, Selector selector) {
    if (key.channel() instanceof ServerSocketChannel listener) {
      accept(listener, selector);
    } else {
      read(key, (SocketChannel) key.channel(), (RequestEnds) key.attachment());
    }
  }

  private static void accept(ServerSocketChannel listener, Selector selector) {
    try {
      @Nullable SocketChannel channel = listener.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new RequestEnds());
      }
    } catch (IOException e) {
      System.err.println("a connection was lost while it was accepted: " + e.getMessage());
    }
  }

  private void read(SelectionKey key, SocketChannel channel, RequestEnds ends) {
    try {
      bytes.clear();
      if (channel.read(bytes) < 0) {
        channel.close();
        return;
      }
      bytes.flip();
      for (int left = ends.count(bytes); left > 0; left--) {
        answer.rewind();
        channel.write(answer);
        if (answer.hasRemaining()) {
          throw new IOException("the peer does not read its answers");
        }
      }
    } catch (IOException e) {
      key.cancel();
      try {
        channel.close();
      } catch (IOException closing) {
        System.err.println("closing a connection failed: " + closing.getMessage());
      }
    }
  }

  private static byte[] answerBytes() {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n";
    return (head + "x".repeat(BODY_BYTES)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Counts the blank lines that end requests, wherever the reads cut them. */
  static final class RequestEnds {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private int matched;

    int count(ByteBuffer bytes) {
      int ends = 0;
      while (bytes.hasRemaining()) {
        byte next = bytes.get();
        if (next == END[matched]) {
          matched++;
        } else {
          matched = next == '\r' ? 1 : 0;
        }
        if (matched == END.length) {
          ends++;
          matched = 0;
        }
      }
      return ends;
    }
  }
}
