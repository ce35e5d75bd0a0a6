package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A load generator of one thread on raw non-blocking sockets, for machines without wrk: {@code
 * RawGenerator port host path connections millis} prints answers, failures and nanoseconds.
 */
public final class RawGenerator {
  private final Target target;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
  private long complete;
  private long failed;

  private RawGenerator(Target target) {
    this.target = target;
  }

  public static void main(String[] arguments) throws IOException {
    Target target = new Target(Integer.parseInt(arguments[0]), arguments[1], arguments[2]);
    int connections = Integer.parseInt(arguments[3]);
    Load.Answers answers =
        run(target, connections, Duration.ofMillis(Long.parseLong(arguments[4])));
    System.out.println(
        answers.complete() + " " + answers.failed() + " " + answers.elapsed().toNanos());
  }

  static Load.Answers run(Target target, int connections, Duration length) throws IOException {
    RawGenerator generator = new RawGenerator(target);
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
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Connection connection =
        new Connection(
            channel,
            ByteBuffer.wrap(target.request().getBytes(StandardCharsets.ISO_8859_1)),
            new ResponseReader());
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.send();
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
        connection.send();
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

  private record Connection(SocketChannel channel, ByteBuffer request, ResponseReader reader) {
    void send() throws IOException {
      request.rewind();
      channel.write(request);
      if (request.hasRemaining()) {
        throw new IOException("a request of " + request.limit() + " bytes was not taken whole");
      }
    }
  }
}
