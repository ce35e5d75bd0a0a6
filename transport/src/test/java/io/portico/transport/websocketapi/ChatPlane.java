package io.portico.transport.websocketapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.WebSocketCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.json.Json;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.StreamClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A WebSocket API on a listener, with one function behind all its routes: a listener that speaks
 * Lambda's Invoke.
 */
final class ChatPlane implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;
  private static final Credentials ROOT = new Credentials("AKIAROOT", "secret of AKIAROOT", null);

  private final Transport transport = new Transport();
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>();
  private final HttpListener listener;

  /**
   * @param function what it answers to an event
   * @param sections of the API: name and text by turns
   */
  ChatPlane(UnaryOperator<ObjectNode> function, String... sections) throws IOException {
    HttpListener lambda =
        transport.listen(
            request -> {
              ObjectNode event = (ObjectNode) Json.parse(content(request));
              events.add(event);
              return new HttpResponse(
                  200, Headers.empty(), Body.of(Json.text(function.apply(event))));
            });
    WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
    for (int i = 0; i < sections.length; i += 2) {
      if (!definition.take(sections[i], sections[i + 1])) {
        throw new IllegalArgumentException(sections[i]);
      }
    }
    InetSocketAddress address = lambda.address();
    Origin origin = new Origin(false, "127.0.0.1", address.getPort(), true);
    Upstream toLambda =
        request ->
            transport
                .upstream()
                .send(
                    new UpstreamRequest(
                        request.method(),
                        origin,
                        request.target(),
                        request.headers(),
                        request.body(),
                        request.timeout()));
    HttpHandler gateway = CaseGateway.of(definition.served(), toLambda, line -> {});
    listener = transport.listen(gateway);
  }

  private static byte[] content(HttpRequest request) {
    try {
      return request.body().readAll(1_000_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a function answers that a route is to pass on. */
  static ObjectNode answer(int status, String body) {
    return Json.object().put("statusCode", status).put("body", body);
  }

  ChatClient connect() throws Exception {
    return ChatClient.connect(http, uri("ws", ""));
  }

  ChatClient connect(String... subprotocols) throws Exception {
    return ChatClient.connect(http, uri("ws", ""), subprotocols);
  }

  /** A client that sends exactly the frames it is told to. */
  RawWebSocket connectRaw() throws IOException {
    return RawWebSocket.openAt(raw(), uri("ws", "").getRawPath());
  }

  /** A connection to the listener, on which nothing is said yet. */
  RawClient raw() throws IOException {
    return new RawClient(listener.address());
  }

  /** A client that speaks HTTP/2, whose streams connect by {@link #handshake}. */
  StreamClient http2() throws IOException {
    return StreamClient.greeting(listener.address());
  }

  /** The fields of an opening handshake by HTTP/2. */
  String[] handshake() {
    URI uri = uri("http", "");
    return new String[] {
      ":method", "CONNECT",
      ":protocol", "websocket",
      ":scheme", "http",
      ":path", uri.getRawPath(),
      ":authority", uri.getAuthority(),
      "sec-websocket-version", "13",
      "sec-websocket-protocol", "a, b",
      "user-agent", "chat"
    };
  }

  private URI uri(String scheme, String path) {
    return URI.create(
        scheme
            + "://127.0.0.1:"
            + listener.address().getPort()
            + "/_aws/execute-api/"
            + CaseApi.ID
            + "/"
            + CaseApi.STAGE
            + path);
  }

  /** The next event that the function was told. */
  ObjectNode event() throws InterruptedException {
    ObjectNode event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event");
    }
    return event;
  }

  boolean isSilent() {
    return events.isEmpty();
  }

  /** A command of {@code @connections}, signed by the account's root. */
  java.net.http.HttpResponse<String> command(String method, String connectionId, String content)
      throws Exception {
    return command(method, uri("http", "/@connections/" + connectionId), content);
  }

  /** The same by an address that names neither API nor stage. */
  java.net.http.HttpResponse<String> bareCommand(String method, String connectionId, String content)
      throws Exception {
    return command(method, uri("http", "").resolve("/@connections/" + connectionId), content);
  }

  /**
   * A command as it stands on the wire.
   *
   * @param path behind the stage, as it is; an octet is a character
   * @param signature what becomes of the fields that sign it
   */
  RawClient.Answer rawCommand(
      String method, String path, byte[] content, UnaryOperator<Headers> signature)
      throws IOException {
    URI uri = uri("http", "");
    String target = uri.getRawPath() + path;
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    for (Headers.Field field : signature.apply(signed(method, target, content))) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
    try (RawClient client = raw()) {
      try {
        client.send(head.toString()).send(content);
      } catch (SocketException _) {
        // Who refuses a command by its head reads no more of it.
      }
      return method.equals("HEAD") ? client.answerWithoutBody() : client.answer();
    }
  }

  /** Fields that sign a command, its host among them. */
  private Headers signed(String method, String target, byte[] content) {
    return new SigV4Signer(ROOT, "us-east-1", "execute-api")
        .sign(
            method,
            target,
            Headers.of("Host", uri("http", "").getAuthority()),
            content,
            Instant.now());
  }

  private java.net.http.HttpResponse<String> command(String method, URI uri, String content)
      throws Exception {
    Headers signed = signed(method, uri.getRawPath(), content.getBytes(UTF_8));
    java.net.http.HttpRequest.Builder request =
        java.net.http.HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .method(method, BodyPublishers.ofString(content));
    for (Headers.Field field : signed) {
      if (!List.of("host", "content-length").contains(field.name().toLowerCase(Locale.ROOT))) {
        request.header(field.name(), field.value());
      }
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** The gateway stops in good order; whether in time. */
  boolean stop() {
    return listener.drain(Duration.ofSeconds(PATIENCE_SECONDS));
  }

  @Override
  public void close() {
    http.shutdownNow();
    transport.close();
  }
}
