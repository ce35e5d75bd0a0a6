package io.portico.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;

/** A client of an API, as any program would call it. */
public final class Caller {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Caller() {}

  public static HttpResponse<String> get(URI url) {
    return send(HttpRequest.newBuilder(url));
  }

  /**
   * Calls until the answer is so, or for as long as anybody waits: what counts calls may do so just
   * behind their answers.
   */
  public static HttpResponse<String> getUntil(URI url, Predicate<String> body) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    HttpResponse<String> response = get(url);
    while (!body.test(response.body()) && System.nanoTime() - deadline < 0) {
      response = get(url);
    }
    return response;
  }

  /** A call under a host name that need not resolve, on the server at {@code url}. */
  public static HttpResponse<String> get(URI url, String host) {
    return send(HttpRequest.newBuilder(url).header("Host", host));
  }

  public static HttpResponse<String> post(URI url, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)));
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted during a call", e);
    }
  }
}
