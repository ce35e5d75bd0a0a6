package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends and takes large bodies on blocking sockets, a thread a connection: {@code TransferGenerator
 * port host base upload bytes connections millis} prints exchanges, failures and nanoseconds. No
 * exchange begins after the time is up and each that began is counted, so that none is counted in
 * part.
 */
public final class TransferGenerator {
  private static final int PIECE = 256 * 1024;

  private final Target target;
  private final Transfers transfers;
  private final AtomicLong complete = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private TransferGenerator(Target target, Transfers transfers) {
    this.target = target;
    this.transfers = transfers;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Target target =
        new Target(Scheme.HTTP, Integer.parseInt(arguments[0]), arguments[1], arguments[2]);
    Transfers transfers =
        new Transfers(
            Boolean.parseBoolean(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    Load.Answers answers = run(target, transfers, Duration.ofMillis(Long.parseLong(arguments[6])));
    System.out.println(
        answers.complete() + " " + answers.failed() + " " + answers.elapsed().toNanos());
  }

  /** One exchange; fails unless the answer is a 200 of the length that was asked for. */
  static void exchangeOnce(Target target, Transfers transfers) throws IOException {
    try (SocketChannel channel = connect(target)) {
      long taken = new Connection(channel, target, transfers).exchange();
      if (taken != transfers.answerBytes()) {
        throw new IOException("the answer has " + taken + " bytes, not " + transfers.answerBytes());
      }
    }
  }

  static Load.Answers run(Target target, Transfers transfers, Duration length)
      throws InterruptedException {
    TransferGenerator generator = new TransferGenerator(target, transfers);
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < transfers.connections(); i++) {
      threads.add(Thread.ofPlatform().start(() -> generator.exchange(start + length.toNanos())));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new Load.Answers(generator.complete.get(), generator.failed.get(), elapsed);
  }

  private void exchange(long end) {
    try (SocketChannel channel = connect(target)) {
      Connection connection = new Connection(channel, target, transfers);
      while (System.nanoTime() - end < 0) {
        connection.exchange();
        complete.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
      System.err.println("a connection broke: " + e.getMessage());
    }
  }

  private static SocketChannel connect(Target target) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  /** One connection: a request goes out whole before its answer is read. */
  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer head;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final int requestBytes;

    Connection(SocketChannel channel, Target target, Transfers transfers) {
      this.channel = channel;
      this.requestBytes = transfers.requestBytes();
      String method = requestBytes > 0 ? "POST " : "GET ";
      String framing = requestBytes > 0 ? "Content-Length: " + requestBytes + "\r\n" : "";
      String text =
          method
              + target.base()
              + transfers.path()
              + " HTTP/1.1\r\nHost: "
              + target.host()
              + "\r\n"
              + framing
              + "\r\n";
      this.head = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Gives the length of the answer's body. */
    long exchange() throws IOException {
      send(head.rewind());
      for (int left = requestBytes; left > 0; left -= piece.limit()) {
        send(piece.clear().limit(Math.min(left, piece.capacity())));
      }
      HeadEnd answer = new HeadEnd();
      do {
        receive();
      } while (!answer.found(piece));
      if (!answer.text().startsWith("HTTP/1.1 200 ")) {
        throw new IOException("not a 200: " + answer.text().strip());
      }
      long length = answer.contentLength();
      long left = length - piece.remaining();
      while (left > 0) {
        receive();
        left -= piece.remaining();
      }
      if (left < 0) {
        throw new IOException("more bytes than the answer's length says");
      }
      return length;
    }

    private void send(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    private void receive() throws IOException {
      piece.clear();
      if (channel.read(piece) < 0) {
        throw new IOException("the gateway closed the connection");
      }
      piece.flip();
    }
  }
}
