package io.portico.gateway.control.v1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Verifier;
import io.portico.gateway.aws.SignatureVerdict;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener that plays the stage of the pets' API, verifies signatures, and keeps what it was
 * asked.
 */
final class SdkBackend implements AutoCloseable {
  private static final Credentials CREDENTIALS =
      new Credentials("AKIDEXAMPLE", "secret", "token/1==");
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final SigV4Verifier verifier =
      new SigV4Verifier(
          "execute-api",
          id ->
              new AccessKey(
                  CREDENTIALS,
                  new AwsPrincipal("1", "arn:aws:iam::000000000000:root", "1"),
                  Instant.MAX),
          Clock.systemUTC());
  private final HttpServer server;

  /** Method, target, API key, tenant, what the signature is worth, and the body. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  SdkBackend() {
    try {
      server = HttpServer.create(LOOPBACK, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** The stage's URL. */
  String invokeUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/_aws/execute-api/api1/prod";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String method = exchange.getRequestMethod();
      String target = exchange.getRequestURI().toString();
      String verdict = verdict(exchange, body);
      asked.add(
          String.join(
              " | ",
              method + " " + target.replace("/_aws/execute-api/api1/prod", ""),
              "key " + exchange.getRequestHeaders().getFirst("x-api-key"),
              "tenant " + exchange.getRequestHeaders().getFirst("X-Tenant"),
              verdict,
              exchange.getRequestHeaders().getFirst("Content-Type") + " " + body));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("X-Total", "42");
      byte[] answer = content(method, target, body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(
          target.contains("missing") ? 404 : method.equals("POST") ? 201 : 200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String content(String method, String target, String body) {
    if (target.contains("missing")) {
      return "{\"message\":\"no such pet\"}";
    }
    if (method.equals("PUT")) {
      return "{\"method\":\"PUT\"}";
    }
    if (method.equals("POST")) {
      return body;
    }
    return target.contains("/pets?") ? "[{\"name\":\"Rex\"}]" : "{\"id\":7,\"unknown\":[]}";
  }

  private String verdict(HttpExchange exchange, String body) throws IOException {
    if (!exchange.getRequestHeaders().containsKey("Authorization")) {
      return "unsigned";
    }
    Headers.Builder headers = Headers.builder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
    HttpRequest request =
        new HttpRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            "HTTP/1.1",
            headers.build(),
            Body.of(body),
            new ClientConnection(LOOPBACK, LOOPBACK, null),
            0);
    SignatureVerdict verdict =
        verifier.verify(request, "eu-west-1", () -> body.getBytes(StandardCharsets.UTF_8));
    return verdict instanceof SignatureVerdict.Verified ? "verified" : verdict.toString();
  }
}
