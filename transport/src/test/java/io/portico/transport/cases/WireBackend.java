package io.portico.transport.cases;

import io.portico.gateway.execute.cases.CasePlane.Request;
import io.portico.gateway.execute.cases.Message;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.RawBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Leads every origin that a case names to one backend, which reads and answers by the book. Serves
 * one case after the other.
 */
final class WireBackend implements Upstream, AutoCloseable {
  private static final String FAILS = "fails ";

  private final Upstream upstream;
  private final RawBackend backend;
  private final Deque<Message> answers = new ConcurrentLinkedDeque<>();
  private volatile @Nullable Request received;

  WireBackend(Upstream upstream) {
    this.upstream = upstream;
    try {
      this.backend = new RawBackend(this::serve);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answers(Message answer) {
    answers.add(answer);
  }

  /** Another case begins. */
  void reset() {
    answers.clear();
    received = null;
  }

  void forget() {
    received = null;
  }

  @Nullable Request received() {
    return received;
  }

  /** Networks that fail in a way of their own are the upstream client's tests. */
  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    Message next = answers.peek();
    if (next != null && next.first().startsWith(FAILS)) {
      answers.remove();
      throw new UpstreamException(
          UpstreamException.Reason.valueOf(next.first().substring(FAILS.length())),
          "a text that no client must see",
          null);
    }
    Headers headers = request.headers();
    if (!headers.contains("Host")) {
      headers = Headers.builder().add("Host", request.origin().authority()).addAll(headers).build();
    }
    return upstream.send(
        new UpstreamRequest(
            request.method(),
            backend.origin(),
            request.target(),
            headers,
            request.body(),
            request.timeout(),
            request.idleTimeout()));
  }

  private void serve(RawBackend.Connection connection) throws IOException {
    for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
      List<String> lines = head.lines().toList();
      String[] line = lines.getFirst().split(" ", 3);
      Headers headers = fields(lines.subList(1, lines.size()));
      received = new Request(line[0], line[1], line[2], headers, body(connection, headers));
      Message answer = answers.poll();
      connection.send(answer == null ? bytes(new Message("200", List.of(), "{}")) : bytes(answer));
    }
  }

  private static Headers fields(List<String> lines) {
    Headers.Builder headers = Headers.builder();
    for (String line : lines) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return headers.build();
  }

  private static byte @Nullable [] body(RawBackend.Connection connection, Headers headers)
      throws IOException {
    String length = headers.first("Content-Length");
    if (length != null) {
      return connection.read(Integer.parseInt(length));
    }
    if (!headers.contains("Transfer-Encoding")) {
      return null;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(connection); size > 0; size = chunkSize(connection)) {
      body.writeBytes(connection.read(size));
      connection.read(2);
    }
    connection.read(2);
    return body.toByteArray();
  }

  private static int chunkSize(RawBackend.Connection connection) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = connection.read(); c != '\n'; c = connection.read()) {
      line.append((char) c);
    }
    return Integer.parseInt(line.toString().strip(), 16);
  }

  private static byte[] bytes(Message answer) {
    byte[] body = answer.bytes();
    int status = Integer.parseInt(answer.first().strip());
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" x\r\n");
    Headers headers = fields(answer.headers());
    for (Headers.Field field : headers) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    boolean chunked = headers.contains("Transfer-Encoding");
    if (!chunked && !headers.contains("Content-Length") && status != 204 && status != 304) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    message.writeBytes(chunked ? Chunked.of(body) : body);
    return message.toByteArray();
  }

  @Override
  public void close() throws IOException {
    backend.close();
  }
}
