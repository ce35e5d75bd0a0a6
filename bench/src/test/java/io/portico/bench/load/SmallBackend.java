package io.portico.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;

/** {@link RawBackend} on a thread of the test. */
final class SmallBackend implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Thread thread;

  private SmallBackend(ServerSocketChannel listener) {
    this.listener = listener;
    this.thread = Thread.ofPlatform().start(() -> serve(listener));
  }

  static SmallBackend start() throws IOException {
    return new SmallBackend(RawBackend.listen());
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a backend ended", e);
    }
  }

  private static void serve(ServerSocketChannel listener) {
    try {
      new RawBackend().serve(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
