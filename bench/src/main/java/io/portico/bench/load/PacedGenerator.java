package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A load generator whose requests are due at even distances, whether those before them were
 * answered or not: {@code PacedGenerator port file connections rate lead counted} sends the
 * requests of the file in turns, {@code lead} and then {@code counted} of them, and prints {@link
 * Latencies}.
 *
 * <p>Latency is counted from when a request was due. One that finds no idle connection is sent
 * late, and what it waited is in its latency: a gateway that stalls is not spared the requests that
 * its stall held back (coordinated omission).
 *
 * <p>One thread sends, another takes answers. Both sleep in between: the backend shares their core,
 * and whoever spins there is in its way.
 */
public final class PacedGenerator {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);
  private static final double NANOS_A_SECOND = 1e9;

  private final List<ByteBuffer> requests;
  private final int rate;
  private final int lead;
  private final int total;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
  private final BlockingQueue<Connection> idle;
  private final long[] nanos;
  private volatile boolean done;
  private int ended;
  private int counted;
  private long refused;

  private PacedGenerator(List<byte[]> requests, int connections, int rate, int lead, int count) {
    this.requests = requests.stream().map(ByteBuffer::wrap).toList();
    this.idle = new ArrayBlockingQueue<>(connections);
    this.rate = rate;
    this.lead = lead;
    this.total = lead + count;
    this.nanos = new long[count];
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Latencies latencies =
        run(
            Integer.parseInt(arguments[0]),
            RequestFile.read(Path.of(arguments[1])),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    System.out.println(latencies.line());
  }

  static Latencies run(
      int port, List<byte[]> requests, int connections, int rate, int lead, int count)
      throws IOException, InterruptedException {
    PacedGenerator generator = new PacedGenerator(requests, connections, rate, lead, count);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        generator.open(port, selector);
      }
      long start = System.nanoTime();
      Thread sender = Thread.ofPlatform().start(() -> generator.send(start));
      generator.takeAnswers(selector, start);
      sender.join();
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

  private void send(long start) {
    preciseTimers();
    try {
      for (int sent = 0; sent < total && !done; sent++) {
        long due = start + due(sent);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        send(sent, due);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On the next idle connection, however long none is. */
  private void send(int request, long due) throws InterruptedException {
    while (!done) {
      Connection connection = idle.poll(100, TimeUnit.MILLISECONDS);
      if (connection != null) {
        connection.send(requests.get(request % requests.size()), request, due);
        return;
      }
    }
  }

  /** The kernel lets a sleep last 50 µs longer than it was asked for, unless told otherwise. */
  private static void preciseTimers() {
    try {
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
      Files.writeString(Path.of("/proc", String.valueOf(thread), "timerslack_ns"), "1");
    } catch (IOException e) {
      System.err.println("requests are sent some 50 µs late: " + e.getMessage());
    }
  }

  private void takeAnswers(Selector selector, long start) throws IOException {
    Consumer<SelectionKey> answered = this::answered;
    long end = start + due(total) + LAST_ANSWERS.toNanos();
    while (ended < total && !selector.keys().isEmpty() && System.nanoTime() - end < 0) {
      selector.select(answered, 100);
    }
    done = true;
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
    private volatile int request;
    private volatile long due;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** A request that cannot be sent has no answer, which is found in the end. */
    void send(ByteBuffer bytes, int number, long dueNanos) {
      request = number;
      due = dueNanos;
      bytes.rewind();
      try {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
          throw new IOException("taken in part");
        }
      } catch (IOException e) {
        System.err.println("a request was not sent: " + e.getMessage());
      }
    }
  }
}
