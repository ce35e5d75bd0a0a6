package io.portico.server;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An OpenTelemetry collector that takes spans, by OTLP over HTTP in JSON. What it does not take for
 * now ({@link OtlpStatus}) is brought again as OTLP has it, after as many seconds as it says; so it
 * is where nobody answers. For one thread, which waits meanwhile.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
final class OtlpCollector implements AutoCloseable {
  private final EndpointUrl url;
  private final Map<String, String> headers;

  /** A collector that wants to be left alone for longer may have been replaced by then. */
  private static final long LONGEST_REST_SECONDS = 300;

  private final Upstream upstream;
  private final Pace pace;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** {@link System#nanoTime} before which the collector wants to be left alone. */
  private long notBefore = System.nanoTime();

  /**
   * How often a request is brought again.
   *
   * @param first pause, where the collector asks for none; each further one is twice as long, and
   *     all of them are up to a half shorter
   * @param longest of such pauses
   * @param all how long it may take until one begins; then the request is lost
   */
  record Pace(Duration first, Duration longest, Duration all) {
    /** About that of OpenTelemetry's own exporters. */
    static final Pace STANDARD =
        new Pace(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  /**
   * @param url of the collector's traces, its path included
   * @param headers that it wants, such as a key: values by name
   */
  OtlpCollector(EndpointUrl url, Map<String, String> headers, Upstream upstream, Pace pace) {
    this.url = url;
    this.headers = headers;
    this.upstream = upstream;
    this.pace = pace;
  }

  /** What comes of sending spans, unless they are lost. */
  sealed interface Outcome {

    /**
     * They are to be brought again.
     *
     * @param why they are not taken for now
     * @param pauseNanos after which the collector wants them; 0 where it does not say
     */
    record Later(IOException why, long pauseNanos) implements Outcome {}
  }

  /**
   * They are taken.
   *
   * @param rejected how many of them are not after all
   * @param message why
   */
  record Taken(long rejected, String message) implements Outcome {}

  /**
   * Sends spans, and waits until they are taken.
   *
   * @param request an {@code ExportTraceServiceRequest}
   * @throws IOException if they are refused, or not taken in time
   */
  Taken send(byte[] request) throws IOException {
    long left = pace.all.toNanos();
    long backoff = pace.first.toNanos();
    long quiet = notBefore - System.nanoTime();
    if (quiet > 0) {
      left = afterPause(quiet, left, new IOException("it asked to be left alone for longer"));
    }
    while (true) {
      long began = System.nanoTime();
      Outcome outcome = sent(request);
      left -= System.nanoTime() - began;
      switch (outcome) {
        case Taken taken -> {
          return taken;
        }
        case Outcome.Later later -> {
          long pause = later.pauseNanos;
          if (pause > 0) {
            notBefore = System.nanoTime() + pause;
          } else {
            pause = backoff - ThreadLocalRandom.current().nextLong(backoff / 2);
            backoff = Math.min(2 * backoff, pace.longest.toNanos());
          }
          left = afterPause(pause, left, later.why);
        }
      }
    }
  }

  /**
   * Waits; what is left of the time then.
   *
   * @throws IOException {@code why} if that is longer than there is left, or everything ends
   */
  private long afterPause(long pause, long left, IOException why) throws IOException {
    boolean ends;
    try {
      ends = pause > left || closing.await(pause, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ends = true;
    }
    if (ends) {
      throw why;
    }
    return left - pause;
  }

  /**
   * Sends it once.
   *
   * @throws IOException if it is refused, whenever it is brought
   */
  private Outcome sent(byte[] request) throws IOException {
    JsonPost.Answer answer;
    try {
      answer = JsonPost.post(upstream, url, headers, Body.of(request));
    } catch (IOException e) {
      return new Outcome.Later(e, 0);
    }
    return switch (OtlpStatus.of(answer.status())) {
      case TAKEN -> taken(answer.body());
      case LATER ->
          new Outcome.Later(
              new IOException(OtlpStatus.told(answer.status())),
              pauseNanos(answer.headers().first("Retry-After")));
      case REFUSED -> throw new IOException(OtlpStatus.told(answer.status()));
    };
  }

  private static long pauseNanos(@Nullable String seconds) {
    return seconds != null && seconds.matches("[0-9]{1,9}")
        ? TimeUnit.SECONDS.toNanos(Math.min(Long.parseLong(seconds), LONGEST_REST_SECONDS))
        : 0;
  }

  /** What a collector says that may have taken a part. */
  private static Taken taken(String body) {
    try {
      JsonNode partly = Json.parse(body).path("partialSuccess");
      return new Taken(
          partly.path("rejectedSpans").asLong(0), partly.path("errorMessage").asString(""));
    } catch (JacksonException e) {
      // An answer that is none of OTLP's rejects nothing.
      return new Taken(0, "");
    }
  }

  /** Nobody waits any more: what is not taken at once is lost. */
  @Override
  public void close() {
    closing.countDown();
  }
}
