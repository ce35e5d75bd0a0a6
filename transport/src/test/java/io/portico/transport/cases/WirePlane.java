package io.portico.transport.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.CasePlane;
import io.portico.gateway.execute.cases.Message;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener that clients dial, and an upstream client that dials a backend. */
final class WirePlane implements CasePlane, AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;
  private static final Set<String> ONLY_HTTP1 =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade",
          "te");

  private final Transport transport;
  private final WireBackend backend;
  private final boolean http2;
  private final BlockingQueue<String> accessLog = new LinkedBlockingQueue<>();
  private @Nullable HttpListener listener;
  private int unread;

  /**
   * @param backend of no other plane as long as this one is in use
   * @param http2 whether clients speak HTTP/2, else HTTP/1.1
   */
  WirePlane(Transport transport, WireBackend backend, boolean http2) {
    this.transport = transport;
    this.http2 = http2;
    this.backend = backend;
    backend.reset();
  }

  @Override
  public void serve(GatewaySnapshot served) {
    HttpHandler gateway = CaseGateway.of(served, backend, accessLog::add);
    try {
      listener =
          transport.listen(
              request -> {
                try {
                  return gateway.handle(
                      CaseGateway.fromTheClient(
                          request.method(),
                          request.target(),
                          request.protocol(),
                          request.headers(),
                          request.body()));
                } catch (UnknownHostException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void backendAnswers(Message answer) {
    backend.answers(answer);
  }

  /** One connection a request. The client keeps it: whether it is to end is the gateway's word. */
  @Override
  public Answer send(Request request) throws IOException {
    backend.forget();
    unread++;
    if (http2) {
      return sendByHttp2(request);
    }
    try (RawClient client = new RawClient(Objects.requireNonNull(listener).address())) {
      client.send(text(request));
      RawClient.Answer answer;
      do {
        answer = request.method().equals("HEAD") ? client.answerWithoutBody() : client.answer();
      } while (answer.status() == 100);
      Headers.Builder headers = Headers.builder();
      for (String field : answer.fields()) {
        int colon = field.indexOf(':');
        headers.add(field.substring(0, colon), field.substring(colon + 1).strip());
      }
      return new Answer(
          answer.status(), headers.build(), answer.body().getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Without the fields that HTTP/2 has no place for. */
  private Answer sendByHttp2(Request request) throws IOException {
    List<String> fields = new ArrayList<>();
    for (Headers.Field field : request.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!ONLY_HTTP1.contains(name)) {
        fields.add(name);
        fields.add(new String(field.value().strip().getBytes(UTF_8), ISO_8859_1));
      }
    }
    String[] pseudo = {
      ":method", request.method(),
      ":scheme", "http",
      ":path", request.target(),
      ":authority", Objects.requireNonNull(request.headers().first("Host"))
    };
    byte[] block = FrameClient.block(pseudo, fields.toArray(String[]::new));
    byte[] body = request.body() == null ? new byte[0] : request.body();
    try (FrameClient client = FrameClient.greeting(Objects.requireNonNull(listener).address())) {
      client.head(body.length == 0 ? FrameClient.END_STREAM : 0, 1, block);
      if (body.length > 0) {
        client.data(1, body);
      }
      FrameClient.Answer answer = client.send().answer(1);
      Headers.Builder headers = Headers.builder();
      answer.fields().stream()
          .filter(field -> !field.getKey().startsWith(":"))
          .forEach(field -> headers.add(field.getKey(), field.getValue()));
      return new Answer(answer.status(), headers.build(), answer.body().getBytes(ISO_8859_1));
    }
  }

  private static byte[] text(Request request) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append(' ').append(request.target()).append(' ');
    text.append(request.protocol()).append("\r\n");
    for (Headers.Field field : request.headers()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    byte[] body = request.body() == null ? new byte[0] : request.body();
    boolean chunked = request.headers().contains("Transfer-Encoding");
    if (body.length > 0 && !chunked && !request.headers().contains("Content-Length")) {
      text.append("Content-Length: ").append(body.length).append("\r\n");
    }
    text.append("\r\n");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    message.writeBytes(chunked ? Chunked.of(body) : body);
    return message.toByteArray();
  }

  @Override
  public @Nullable Request received() {
    return backend.received();
  }

  /** Each request leaves one line; that of the last comes last, as they are sent one by one. */
  @Override
  public String accessLogLine() {
    List<String> lines = new ArrayList<>();
    try {
      for (; unread > 0; unread--) {
        String line = accessLog.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        lines.add(Objects.requireNonNull(line, "a line is missing"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a line", e);
    }
    assertThat(accessLog).as("further lines").isEmpty();
    return lines.getLast();
  }

  /** What a case says of the wire is said of HTTP/1.1. */
  @Override
  public boolean isWire() {
    return !http2;
  }

  @Override
  public boolean keepsCasing() {
    return !http2;
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
  }
}
