package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Sends WebSocket messages to an echo, one thread for all connections: {@code EchoGenerator port
 * bytes window connections millis} keeps so many messages of so many bytes on their way on each
 * connection, and prints echoes, failures and nanoseconds.
 */
public final class EchoGenerator {
  private static final byte WHOLE_TEXT = (byte) 0x81;

  private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
  private final ByteBuffer messages;
  private final int sentLength;
  private final int echoLength;
  private long echoes;
  private long failed;

  private EchoGenerator(int bytes, int window) {
    byte[] message = WebSocketClient.text(bytes);
    sentLength = message.length;
    echoLength = WebSocketClient.echoLength(bytes);
    messages = ByteBuffer.allocateDirect(window * sentLength);
    for (int i = 0; i < window; i++) {
      messages.put(message);
    }
  }

  public static void main(String[] arguments) throws IOException {
    Load.Answers answers =
        run(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Duration.ofMillis(Long.parseLong(arguments[4])));
    System.out.println(
        answers.complete() + " " + answers.failed() + " " + answers.elapsed().toNanos());
  }

  static Load.Answers run(int port, int bytes, int window, int connections, Duration length)
      throws IOException {
    EchoGenerator generator = new EchoGenerator(bytes, window);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = WebSocketClient.open(any, server);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
      }
      long start = System.nanoTime();
      for (SelectionKey key : selector.keys()) {
        generator.send((Connection) key.attachment(), window);
      }
      long end = start + length.toNanos();
      while (System.nanoTime() < end && !selector.keys().isEmpty()) {
        selector.select(generator::echoed, Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Load.Answers(generator.echoes, generator.failed, elapsed);
    }
  }

  private void send(Connection connection, int count) throws IOException {
    messages.position(0).limit(count * sentLength);
    connection.channel.write(messages);
    if (messages.hasRemaining()) {
      throw new IOException("messages were not taken whole");
    }
  }

  private void echoed(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      in.clear();
      int count = connection.channel.read(in);
      if (count < 0) {
        throw new IOException("the connection has ended");
      }
      int whole = connection.arrived(in.flip(), echoLength);
      echoes += whole;
      send(connection, whole);
    } catch (IOException e) {
      lose(key);
    }
  }

  /** A connection that broke is a failure; the run goes on without it. */
  private void lose(SelectionKey key) {
    failed++;
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      failed++;
    }
  }

  private static final class Connection {
    private final SocketChannel channel;

    /** Of the echo that is arriving. */
    private int arrived;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** How many echoes are whole with these bytes. */
    int arrived(ByteBuffer bytes, int echoLength) throws IOException {
      int whole = 0;
      while (bytes.hasRemaining()) {
        if (arrived == 0 && bytes.get(bytes.position()) != WHOLE_TEXT) {
          throw new IOException("not an echo");
        }
        int count = Math.min(bytes.remaining(), echoLength - arrived);
        bytes.position(bytes.position() + count);
        arrived += count;
        if (arrived == echoLength) {
          arrived = 0;
          whole++;
        }
      }
      return whole;
    }
  }
}
