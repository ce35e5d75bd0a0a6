package io.portico.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A load generator with one call at a time, on one connection: {@code SerialGenerator port file
 * lead millis} sends the requests of the file in turns, each when the one before it is answered,
 * for {@code lead} milliseconds and then for those that count, and prints {@link Latencies}.
 */
public final class SerialGenerator {
  private SerialGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Latencies latencies =
        run(
            Integer.parseInt(arguments[0]),
            RequestFile.read(Path.of(arguments[1])),
            Duration.ofMillis(Long.parseLong(arguments[2])),
            Duration.ofMillis(Long.parseLong(arguments[3])));
    System.out.println(latencies.line());
  }

  static Latencies run(int port, List<byte[]> requests, Duration lead, Duration length)
      throws IOException {
    List<ByteBuffer> texts = requests.stream().map(ByteBuffer::wrap).toList();
    ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
    ResponseReader reader = new ResponseReader();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Laps laps = new Laps(lead, length);
      int call = 0;
      for (long sent = System.nanoTime(); !laps.over(sent); sent = System.nanoTime()) {
        send(channel, texts.get(call++ % texts.size()).rewind());
        receive(channel, reader, bytes);
        laps.count(sent, System.nanoTime(), reader.ok());
      }
      return laps.latencies();
    }
  }

  private static void send(SocketChannel channel, ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private static void receive(SocketChannel channel, ResponseReader reader, ByteBuffer bytes)
      throws IOException {
    do {
      bytes.clear();
      if (channel.read(bytes) < 0) {
        throw new IOException("the gateway closed the connection");
      }
      bytes.flip();
    } while (!reader.accept(bytes));
  }
}
