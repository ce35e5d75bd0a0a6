package io.portico.conformance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sends what it is given, byte by byte, over a connection that is kept as long as the server keeps
 * it.
 */
public final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  public RawClient(int port) {
    this.port = port;
  }

  /**
   * @param headers its lines, without their ends
   */
  public record Answer(int status, List<String> headers, String text) {
    /** The value of a header, or null. */
    public @Nullable String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      for (String header : headers) {
        if (header.toLowerCase(Locale.ROOT).startsWith(start)) {
          return header.substring(start.length()).strip();
        }
      }
      return null;
    }
  }

  /**
   * @param target as it is to stand on the wire
   * @param headers lines with their ends
   */
  public Answer call(String method, String target, String headers, byte[] body) {
    byte[] head =
        (method
                + " "
                + target
                + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nContent-Length: "
                + body.length
                + "\r\n"
                + headers
                + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    try {
      return exchange(head, body);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(method + " " + target, e);
    }
  }

  private Answer exchange(byte[] head, byte[] body) throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setTcpNoDelay(true);
      open.setSoTimeout((int) PATIENCE.toMillis());
      in = new BufferedInputStream(open.getInputStream());
      socket = open;
    }
    IOException unsent = null;
    try {
      OutputStream out = open.getOutputStream();
      out.write(head);
      out.write(body);
    } catch (IOException e) {
      // A server may refuse a body by its length, answer, and read no more.
      unsent = e;
    }
    try {
      Answer answer = read();
      if (unsent != null || "close".equalsIgnoreCase(answer.header("Connection"))) {
        close();
      }
      return answer;
    } catch (IOException e) {
      if (unsent != null) {
        e.addSuppressed(unsent);
      }
      throw e;
    }
  }

  private Answer read() throws IOException {
    String start = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    // HTTP/1.1 200 OK
    int status = Integer.parseInt(start, "HTTP/1.1 ".length(), "HTTP/1.1 200".length(), 10);
    Answer head = new Answer(status, headers, "");
    String length = head.header("Content-Length");
    if (length == null && status != 204) {
      throw new IOException("an answer without a length: " + start + headers);
    }
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Up to CR LF; a line feed alone is part of it. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int before = -1;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (before == '\r' && next == '\n') {
        byte[] bytes = line.toByteArray();
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1);
      }
      line.write(next);
      before = next;
    }
    throw new IOException("the server has closed the connection");
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
