package io.portico.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Backend and clients of a WebSocket API at once: {@code PostGenerator port host base message
 * clients connections rate lead counted} opens so many WebSocket connections, asks on each for its
 * id, and posts to them in turns by {@code @connections}, as {@link PacedGenerator} sends requests.
 * Prints {@link Latencies}; a message that does not arrive is a failure.
 *
 * <p>Posts are signed before the first is sent, one for each connection: what a signature costs
 * whoever signs is not to be in the measurement.
 */
public final class PostGenerator {
  private static final int CONTENT = 64;
  private static final int MOST_ID = 125;
  private static final Duration LAST_MESSAGES = Duration.ofSeconds(5);

  private final List<SocketChannel> channels = new ArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private volatile boolean done;

  private PostGenerator() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Target target =
        new Target(Scheme.HTTP, Integer.parseInt(arguments[0]), arguments[1], arguments[2]);
    Latencies latencies =
        new PostGenerator()
            .run(
                target,
                arguments[3],
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Integer.parseInt(arguments[7]),
                Integer.parseInt(arguments[8]));
    System.out.println(latencies.line());
  }

  private Latencies run(
      Target target, String message, int clients, int connections, int rate, int lead, int count)
      throws IOException, InterruptedException {
    WebSocketClient client = WebSocketClient.of(target);
    List<byte[]> posts = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < clients; i++) {
        SocketChannel channel = client.open(InetAddress.getLoopbackAddress());
        channels.add(channel);
        String id = ask(channel, message);
        posts.add(SignedPost.request(target, id, "x".repeat(CONTENT), Instant.now()));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      }
      Thread listener = Thread.ofPlatform().start(() -> listen(selector));
      Latencies latencies =
          PacedGenerator.run(target.port(), posts, connections, rate, lead, count);
      long missing = awaitMessages((long) lead + count);
      done = true;
      selector.wakeup();
      listener.join();
      return new Latencies(
          latencies.answers(),
          latencies.failed() + missing,
          latencies.p50(),
          latencies.p99(),
          latencies.p999());
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** What the server answers to a message: the id of the connection. */
  private static String ask(SocketChannel channel, String message) throws IOException {
    channel.write(ByteBuffer.wrap(WebSocketClient.text(message)));
    ByteBuffer head = ByteBuffer.allocate(2);
    fill(channel, head);
    int length = head.get(1);
    if (head.get(0) != (byte) 0x81 || length <= 0 || length > MOST_ID) {
      throw new IOException("a connection has no id");
    }
    ByteBuffer id = ByteBuffer.allocate(length);
    fill(channel, id);
    return new String(id.array(), ISO_8859_1);
  }

  private static void fill(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the connection has ended");
      }
    }
  }

  /** Counts bytes: every message has as many. */
  private void listen(Selector selector) {
    ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    try {
      while (!done) {
        selector.select(
            key -> {
              in.clear();
              try {
                int count = ((SocketChannel) key.channel()).read(in);
                if (count < 0) {
                  key.cancel();
                } else {
                  received.addAndGet(count);
                }
              } catch (IOException e) {
                System.err.println("a connection is lost: " + e.getMessage());
                key.cancel();
              }
            },
            100);
      }
    } catch (IOException e) {
      System.err.println("nothing is heard any more: " + e.getMessage());
    }
  }

  /** How many of so many messages have not come. */
  private long awaitMessages(long sent) throws InterruptedException {
    long deadline = System.nanoTime() + LAST_MESSAGES.toNanos();
    long missing = missing(sent);
    while (missing > 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(10);
      missing = missing(sent);
    }
    return missing;
  }

  private long missing(long sent) {
    return Math.max(0, sent - received.get() / WebSocketClient.answerLength(CONTENT));
  }
}
