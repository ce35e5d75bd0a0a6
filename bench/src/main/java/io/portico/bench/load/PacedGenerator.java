package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A load generator of one thread whose requests are due at even distances, whether those before
 * them were answered or not: {@code PacedGenerator port file connections rate lead counted} sends
 * the requests of the file in turns, {@code lead} and then {@code counted} of them, and prints
 * {@link Latencies}.
 *
 * <p>Latency is counted from when a request was due. One that finds no idle connection is sent
 * late, and what it waited is in its latency: a gateway that stalls is not spared the requests that
 * its stall held back (coordinated omission).
 */
public final class PacedGenerator {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);
  private static final double NANOS_A_SECOND = 1e9;

  private final List<ByteBuffer> requests;
  private final int rate;
  private final int lead;
  private final int total;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
  private final Queue<Connection> idle = new ArrayDeque<>();
  private final long[] nanos;
  private int sent;
  private int ended;
  private int counted;
  private long refused;

  private PacedGenerator(List<byte[]> requests, int rate, int lead, int count) {
    this.requests = requests.stream().map(ByteBuffer::wrap).toList();
    this.rate = rate;
    this.lead = lead;
    this.total = lead + count;
    this.nanos = new long[count];
  }

  public static void main(String[] arguments) throws IOException {
    Latencies latencies =
        run(
            Integer.parseInt(arguments[0]),
            RequestFile.read(Path.of(arguments[1])),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    System.out.println(
        String.join(
            " ",
            List.of(
                Long.toString(latencies.answers()),
                Long.toString(latencies.failed()),
                Long.toString(latencies.p50()),
                Long.toString(latencies.p99()),
                Long.toString(latencies.p999()))));
  }

  static Latencies run(
      int port, List<byte[]> requests, int connections, int rate, int lead, int count)
      throws IOException {
    PacedGenerator generator = new PacedGenerator(requests, rate, lead, count);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        generator.open(port, selector);
      }
      generator.send(selector);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    return generator.latencies();
  }

  private Latencies latencies() {
    return Latencies.of(nanos, counted, refused + (total - ended));
  }

  private void open(int port, Selector selector) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    idle.add(connection);
  }

  /** Never sleeps, as no sleep is as short as the distance of two requests; others go first. */
  @SuppressWarnings("ThreadPriorityCheck") // The backend shares the core, and must not wait.
  private void send(Selector selector) throws IOException {
    Consumer<SelectionKey> answered = this::answered;
    long start = System.nanoTime();
    long end = start + due(total) + LAST_ANSWERS.toNanos();
    while (ended < total && !selector.keys().isEmpty() && System.nanoTime() - end < 0) {
      boolean worked = false;
      while (sent < total && !idle.isEmpty() && System.nanoTime() - start >= due(sent)) {
        idle.remove().send(requests.get(sent % requests.size()), sent, start + due(sent));
        sent++;
        worked = true;
      }
      worked |= selector.selectNow(answered) > 0;
      if (!worked) {
        Thread.yield();
      }
    }
  }

  /** Nanoseconds from the start. */
  private long due(int request) {
    return (long) (request * NANOS_A_SECOND / rate);
  }

  private void answered(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      bytes.clear();
      if (connection.channel.read(bytes) < 0) {
        throw new IOException("closed");
      }
      bytes.flip();
      if (connection.reader.accept(bytes)) {
        count(connection, System.nanoTime());
        idle.add(connection);
      }
    } catch (IOException | ResponseReader.MalformedAnswer e) {
      lose(key, connection);
    }
  }

  private void count(Connection connection, long now) {
    ended++;
    if (!connection.reader.ok()) {
      refused++;
    } else if (connection.request >= lead) {
      nanos[counted++] = now - connection.due;
    }
  }

  /** Its request never ends, which is a failure; the run goes on without it. */
  private void lose(SelectionKey key, Connection connection) {
    idle.remove(connection);
    key.cancel();
    try {
      connection.channel.close();
    } catch (IOException e) {
      System.err.println("closing a connection failed: " + e.getMessage());
    }
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final ResponseReader reader = new ResponseReader();
    private int request;
    private long due;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void send(ByteBuffer bytes, int number, long dueNanos) throws IOException {
      request = number;
      due = dueNanos;
      bytes.rewind();
      channel.write(bytes);
      if (bytes.hasRemaining()) {
        throw new IOException("a request of " + bytes.limit() + " bytes was not taken whole");
      }
    }
  }
}
