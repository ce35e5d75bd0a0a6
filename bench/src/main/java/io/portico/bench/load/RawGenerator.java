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
import java.util.List;

/**
 * A load generator of one thread on raw non-blocking sockets, for machines without wrk: {@code
 * RawGenerator port file connections millis} sends the requests of the file in turns, and prints
 * answers, failures and nanoseconds.
 */
public final class RawGenerator {
  private final int port;
  private final List<ByteBuffer> requests;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
  private long sent;
  private long complete;
  private long failed;

  private RawGenerator(int port, List<byte[]> requests) {
    this.port = port;
    this.requests = requests.stream().map(ByteBuffer::wrap).toList();
  }

  public static void main(String[] arguments) throws IOException {
    Load.Answers answers =
        run(
            Integer.parseInt(arguments[0]),
            RequestFile.read(Path.of(arguments[1])),
            Integer.parseInt(arguments[2]),
            Duration.ofMillis(Long.parseLong(arguments[3])));
    System.out.println(
        answers.complete() + " " + answers.failed() + " " + answers.elapsed().toNanos());
  }

  static Load.Answers run(int port, List<byte[]> requests, int connections, Duration length)
      throws IOException {
    RawGenerator generator = new RawGenerator(port, requests);
    long start = System.nanoTime();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        generator.open(selector);
      }
      long end = start + length.toNanos();
      while (System.nanoTime() < end && !selector.keys().isEmpty()) {
        selector.select(generator::answered, Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new Load.Answers(generator.complete, generator.failed, elapsed);
  }

  private void open(Selector selector) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Connection connection = new Connection(channel, new ResponseReader());
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.send(next());
  }

  private ByteBuffer next() {
    return requests.get((int) (sent++ % requests.size()));
  }

  private void answered(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      bytes.clear();
      if (connection.channel.read(bytes) < 0) {
        lose(key, connection);
        return;
      }
      bytes.flip();
      if (connection.reader.accept(bytes)) {
        complete++;
        failed += connection.reader.ok() && !bytes.hasRemaining() ? 0 : 1;
        connection.send(next());
      }
    } catch (IOException | ResponseReader.MalformedAnswer e) {
      lose(key, connection);
    }
  }

  /** A connection that broke is a failure; the run goes on without it. */
  private void lose(SelectionKey key, Connection connection) {
    failed++;
    key.cancel();
    try {
      connection.channel.close();
    } catch (IOException e) {
      failed++;
    }
  }

  private record Connection(SocketChannel channel, ResponseReader reader) {
    void send(ByteBuffer request) throws IOException {
      request.rewind();
      channel.write(request);
      if (request.hasRemaining()) {
        throw new IOException("a request of " + request.limit() + " bytes was not taken whole");
      }
    }
  }
}
