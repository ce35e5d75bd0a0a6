package io.portico.bench.peer;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Stands where an X-Ray daemon would: takes segments by UDP and does nothing with them. What nobody
 * reads the kernel drops.
 */
record SilentDaemon(DatagramSocket socket) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 65_535;

  static SilentDaemon open() {
    try {
      return new SilentDaemon(
          new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    } catch (SocketException e) {
      throw new BenchFailure("no port for an X-Ray daemon: " + e.getMessage(), e);
    }
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /**
   * Waits for the segment of a call.
   *
   * @param trace that the call belongs to
   * @throws BenchFailure if it does not come: a gateway that does not trace is not worth a number
   */
  void awaitSegment(String trace) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String segment = "";
    while (!segment.contains(trace)) {
      segment = next(deadline - System.nanoTime());
    }
  }

  private String next(long nanos) {
    byte[] bytes = new byte[MOST_BYTES];
    DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
    try {
      socket.setSoTimeout((int) Math.max(Duration.ofNanos(nanos).toMillis(), 1));
      socket.receive(datagram);
    } catch (IOException e) {
      throw new BenchFailure("no segment of a call that is to be traced: " + e.getMessage(), e);
    }
    return new String(bytes, 0, datagram.getLength(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    socket.close();
  }
}
