package io.portico.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that says what it is told to, HTTP or not: a script for each connection. */
public final class RawServer implements AutoCloseable {
  private static final int DRIP_MILLIS = 50;

  private final ServerSocket server;
  private final Script script;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What happens on one connection; at its end the connection is closed. */
  @FunctionalInterface
  public interface Script {
    void run(Connection connection) throws IOException;
  }

  private RawServer(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
  }

  public static RawServer saying(Script script) {
    try {
      RawServer raw =
          new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
      raw.threads.execute(raw::accept);
      return raw;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection, as its script sees it. */
  public record Connection(Socket socket) {

    /** Reads up to the end of a request's head; empty where the client has closed. */
    public String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        head.write(next);
        if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
          return head.toString(StandardCharsets.ISO_8859_1);
        }
      }
      return "";
    }

    public void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Waits until the client closes. */
    public void hold() throws IOException {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Says it byte by byte, slowly, for as long as the client listens. */
    public void drip(String text) throws IOException {
      socket.setSoTimeout(DRIP_MILLIS);
      for (int i = 0; i < text.length(); i++) {
        say(text.substring(i, i + 1));
        if (isClosed()) {
          return;
        }
      }
    }

    private boolean isClosed() throws IOException {
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        // The client has nothing to say, and waits for the next byte.
        return false;
      }
    }

    /** Ends it by a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // The server has been closed, or this connection broke before it was one.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(new Connection(socket));
    } catch (IOException e) {
      // The gateway has given the connection up, as it may.
      return;
    } finally {
      open.remove(socket);
    }
  }
}
