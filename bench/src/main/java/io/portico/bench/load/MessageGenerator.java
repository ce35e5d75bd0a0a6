package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Sends WebSocket messages that are answered, one thread for all connections: {@code
 * MessageGenerator port host path message bytes window connections millis} keeps so many messages
 * on their way on each connection, each of which is answered with so many bytes, and prints
 * answers, failures and nanoseconds.
 */
public final class MessageGenerator {
  private static final byte WHOLE_TEXT = (byte) 0x81;

  private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
  private final ByteBuffer messages;
  private final int sentLength;
  private final int answerLength;
  private long answers;
  private long failed;

  private MessageGenerator(Message message, int window) {
    byte[] frame = WebSocketClient.text(message.text());
    sentLength = frame.length;
    answerLength = WebSocketClient.answerLength(message.answered());
    messages = ByteBuffer.allocateDirect(window * sentLength);
    for (int i = 0; i < window; i++) {
      messages.put(frame);
    }
  }

  /**
   * What is sent.
   *
   * @param answered how many bytes each answer has
   */
  public record Message(String text, int answered) {
    /** One of letters, to a server that sends it back. */
    public static Message echoed(int bytes) {
      return new Message("x".repeat(bytes), bytes);
    }
  }

  public static void main(String[] arguments) throws IOException {
    Load.Answers answers =
        run(
            new WebSocketClient(Integer.parseInt(arguments[0]), arguments[1], arguments[2]),
            new Message(arguments[3], Integer.parseInt(arguments[4])),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]),
            Duration.ofMillis(Long.parseLong(arguments[7])));
    System.out.println(
        answers.complete() + " " + answers.failed() + " " + answers.elapsed().toNanos());
  }

  static Load.Answers run(
      WebSocketClient client, Message message, int window, int connections, Duration length)
      throws IOException {
    MessageGenerator generator = new MessageGenerator(message, window);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = client.open(InetAddress.getLoopbackAddress());
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
      }
      long start = System.nanoTime();
      for (SelectionKey key : selector.keys()) {
        generator.send((Connection) key.attachment(), window);
      }
      long end = start + length.toNanos();
      while (System.nanoTime() < end && !selector.keys().isEmpty()) {
        selector.select(generator::answered, Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Load.Answers(generator.answers, generator.failed, elapsed);
    }
  }

  private void send(Connection connection, int count) throws IOException {
    messages.position(0).limit(count * sentLength);
    connection.channel.write(messages);
    if (messages.hasRemaining()) {
      throw new IOException("messages were not taken whole");
    }
  }

  private void answered(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      in.clear();
      int count = connection.channel.read(in);
      if (count < 0) {
        throw new IOException("the connection has ended");
      }
      int whole = connection.arrived(in.flip(), answerLength);
      answers += whole;
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

    /** Of the answer that is arriving. */
    private int arrived;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** How many answers are whole with these bytes. */
    int arrived(ByteBuffer bytes, int answerLength) throws IOException {
      int whole = 0;
      while (bytes.hasRemaining()) {
        if (arrived == 0 && bytes.get(bytes.position()) != WHOLE_TEXT) {
          throw new IOException("no answer");
        }
        int count = Math.min(bytes.remaining(), answerLength - arrived);
        bytes.position(bytes.position() + count);
        arrived += count;
        if (arrived == answerLength) {
          arrived = 0;
          whole++;
        }
      }
      return whole;
    }
  }
}
