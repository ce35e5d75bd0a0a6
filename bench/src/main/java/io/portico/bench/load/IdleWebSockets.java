package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** WebSocket connections on which nothing happens, from many addresses of 127.0.0.0/8. */
public final class IdleWebSockets implements AutoCloseable {
  private static final int OF_ONE_ADDRESS = 100;

  private final WebSocketClient client;
  private final List<SocketChannel> channels = new ArrayList<>();

  public IdleWebSockets(Target target) {
    client = WebSocketClient.of(target);
  }

  /** Opens more of them until there are so many. */
  public void grow(int count) {
    try {
      while (channels.size() < count) {
        int number = channels.size() / OF_ONE_ADDRESS;
        byte[] address = {127, 1, (byte) (number >>> 7), (byte) (1 + (number & 0x7f))};
        channels.add(client.open(InetAddress.getByAddress(address)));
      }
    } catch (IOException e) {
      throw new BenchFailure(
          "cannot open connection " + (channels.size() + 1) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    for (SocketChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new BenchFailure("cannot close a connection: " + e.getMessage(), e);
      }
    }
  }
}
