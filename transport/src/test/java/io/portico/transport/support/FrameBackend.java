package io.portico.transport.support;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** A backend that answers with exactly the HTTP/2 frames it is told to; one thread a connection. */
public final class FrameBackend implements AutoCloseable {
  private final SSLServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What a backend does with a connection, whose greeting is its own affair, too. */
  @FunctionalInterface
  public interface Script {
    /**
     * @param number 1 for the first connection
     */
    void run(FrameClient connection, int number) throws IOException;
  }

  public FrameBackend(Script script) throws IOException {
    this.listener = listener("h2", "http/1.1");
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  /** A socket of TLS with what is offered inside it. */
  public static SSLServerSocket listener(String... protocols) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            BackendTls.get()
                .jdk()
                .getServerSocketFactory()
                .createServerSocket(0, 128, InetAddress.getLoopbackAddress());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> run(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void run(Socket socket, int number) {
    try (FrameClient connection = new FrameClient(socket)) {
      script.run(connection, number);
    } catch (IOException e) {
      // The other side has gone: what a test makes of that it sees there.
      return;
    }
  }

  public Origin origin() {
    return new Origin(true, "localhost", listener.getLocalPort(), true);
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
