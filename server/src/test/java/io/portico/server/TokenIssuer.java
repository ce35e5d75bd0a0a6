package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A user pool: it signs tokens, and publishes its keys at a real address. */
final class TokenIssuer implements AutoCloseable {
  static final String POOL = "us-east-1_AbC123";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Answer answer;
  private volatile @Nullable CountDownLatch gate;
  private volatile RSAKey key;

  /** What it answers to who asks for its keys. */
  private record Answer(int status, String content, @Nullable String location) {}

  private TokenIssuer() {
    this.key = key("first");
    this.answer = new Answer(200, published(key), null);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static TokenIssuer start() {
    return new TokenIssuer();
  }

  /** The URL before the pool's id. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What has been asked for. */
  List<String> requests() {
    return requests;
  }

  /** Signs with another key from now on, and publishes that alone. */
  void rotates(String keyId) {
    key = key(keyId);
    publishes();
  }

  void publishes() {
    answer = new Answer(200, published(key), null);
  }

  void answers(int status, String content) {
    answer = new Answer(status, content, null);
  }

  void redirectsTo(String location) {
    answer = new Answer(302, "", location);
  }

  /** Answers nobody before that is opened. */
  CountDownLatch waits() {
    CountDownLatch latch = new CountDownLatch(1);
    gate = latch;
    return latch;
  }

  /** The claims of an identity token. */
  ObjectNode identity() {
    ObjectNode claims = Json.object();
    claims.put("sub", "6f1e");
    claims.putArray("cognito:groups").add("admins").add("staff");
    claims.put("email_verified", true);
    claims.put("iss", url() + "/" + POOL);
    claims.put("cognito:username", "ann");
    claims.put("aud", "client7");
    claims.put("token_use", "id");
    claims.put("auth_time", 1_600_000_000);
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().getEpochSecond() + 3600);
    claims.put("email", "ann@example.com");
    return claims;
  }

  /** The claims of an access token. */
  ObjectNode access(String scope) {
    ObjectNode claims = identity();
    claims.remove(List.of("aud", "email", "email_verified", "cognito:username"));
    claims.put("client_id", "client7");
    claims.put("token_use", "access");
    claims.put("scope", scope);
    return claims;
  }

  String signed(ObjectNode claims) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              new Payload(Json.text(claims)));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String published(RSAKey key) {
    return new JWKSet(key).toString();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestURI().toString());
      CountDownLatch latch = gate;
      if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
        return;
      }
      Answer now = answer;
      if (now.location() != null) {
        exchange.getResponseHeaders().set("Location", now.location());
      }
      byte[] content = now.content().getBytes(UTF_8);
      exchange.sendResponseHeaders(now.status(), content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
