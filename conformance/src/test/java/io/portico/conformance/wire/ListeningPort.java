package io.portico.conformance.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;

/** A server's port, as one who connects sees it. */
public final class ListeningPort {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private ListeningPort() {}

  /** Waits until the port takes no new connection. */
  public static void awaitRefusal(int port) {
    Instant deadline = Instant.now().plus(LIMIT);
    while (!refuses(port)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("the server still takes connections after SIGTERM");
      }
    }
  }

  /** Whether a new connection is refused, or closed as soon as it is there. */
  private static boolean refuses(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(100);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
