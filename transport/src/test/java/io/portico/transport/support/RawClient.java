package io.portico.transport.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that sends exactly the bytes it is told to, and reads answers by the book. */
public final class RawClient implements ByteStream {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** An answer as it stood on the wire. */
  public record Answer(int status, List<String> fields, String body) {
    /** The first value of a field, or null. */
    public @Nullable String field(String name) {
      return fields.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse(null);
    }
  }

  public RawClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /**
   * @param receiveBuffer bytes the kernel may hold for us; 0 for its default
   */
  public RawClient(InetSocketAddress address, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(address, PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One that speaks TLS by now. */
  public RawClient(Socket encrypted) throws IOException {
    socket = encrypted;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  public Answer get(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return answer();
  }

  /** Whether something has arrived. */
  public boolean hears() throws IOException {
    return in.available() > 0;
  }

  /** Reads one answer whole. */
  public Answer answer() throws IOException {
    return answer(true);
  }

  /** Reads an answer that has no content whatever its fields say: to HEAD, or 100. */
  public Answer answerWithoutBody() throws IOException {
    return answer(false);
  }

  private Answer answer(boolean withBody) throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    Answer head = new Answer(status, fields, "");
    if (!withBody || status < 200 || status == 204 || status == 304) {
      return head;
    }
    return new Answer(status, fields, new String(body(head), StandardCharsets.ISO_8859_1));
  }

  private byte[] body(Answer head) throws IOException {
    String length = head.field("Content-Length");
    if (length != null) {
      return exactly(Integer.parseInt(length));
    }
    if (!"chunked".equals(head.field("Transfer-Encoding"))) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      expect("");
    }
    expect("");
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private void expect(String wanted) throws IOException {
    String line = line();
    if (!line.equals(wanted)) {
      throw new IOException("expected '" + wanted + "', got '" + line + "'");
    }
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("ended " + (count - bytes.length) + " bytes too early");
    }
    return bytes;
  }

  /** One line without its end. */
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new EOFException("ended within a line: " + line);
      }
      line.append((char) c);
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw new IOException("a line without CR: " + line);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public String text(int count) throws IOException {
    return new String(exactly(count), StandardCharsets.ISO_8859_1);
  }

  @Override
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean isReset() throws IOException {
    try {
      String _ = rest();
      return false;
    } catch (SocketException _) {
      return true;
    }
  }

  /** Reads and drops up to {@code most} bytes; how many there were. */
  public int read(int most) throws IOException {
    return in.readNBytes(most).length;
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
