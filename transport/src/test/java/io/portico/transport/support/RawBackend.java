package io.portico.transport.support;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that answers with exactly the bytes it is told to; one thread a connection. */
public final class RawBackend implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** What a backend does with a connection. */
  @FunctionalInterface
  public interface Script {
    void run(Connection connection) throws IOException;
  }

  /** A connection as the script sees it. */
  public final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int number;

    Connection(Socket socket, int number) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      this.number = number;
    }

    /** 1 for the first connection. */
    public int number() {
      return number;
    }

    /**
     * Reads a request's head: lines with CRLF, without the empty one. Empty at the end of the
     * connection.
     */
    public String head() throws IOException {
      StringBuilder head = new StringBuilder();
      int c;
      while ((c = in.read()) >= 0) {
        head.append((char) c);
        if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
          head.setLength(head.length() - 2);
          heads.add(head.toString());
          return head.toString();
        }
      }
      return "";
    }

    public byte[] read(int count) throws IOException {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException();
      }
      return bytes;
    }

    /** The next byte, or -1 at the end. */
    public int read() throws IOException {
      return in.read();
    }

    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    public void close() throws IOException {
      socket.close();
    }

    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  public RawBackend(Script script) throws IOException {
    this(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), script);
  }

  public RawBackend(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  /** Answers every request with the same bytes, and keeps the connection. */
  public static RawBackend answering(String answer) throws IOException {
    return new RawBackend(
        connection -> {
          while (!connection.head().isEmpty()) {
            connection.send(answer);
          }
        });
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> run(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void run(Socket socket, int number) {
    try (socket) {
      script.run(new Connection(socket, number));
    } catch (IOException e) {
      // The other side has gone: what a test makes of that it sees there.
      return;
    }
  }

  public Origin origin() {
    return new Origin(false, "127.0.0.1", listener.getLocalPort(), true);
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** The heads of all requests read so far. */
  public List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
