package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.LambdaFunction;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Lambda functions are invoked: AWS Lambda, or whatever speaks its Invoke API.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaEndpoint {
  /** Most bytes a function returns: 6 MB, and room for base64 text and its document around it. */
  private static final long MOST_PAYLOAD = 10L * 1024 * 1024;

  private final Upstream upstream;
  private final Origin origin;

  /** The path of the endpoint, before those of its calls. */
  private final String prefix;

  private final Credentials credentials;
  private final Clock clock;
  private final boolean own;

  /**
   * A function's answer.
   *
   * @param status 200 for an answer, 202 for an event that was taken; else Lambda's own refusal
   * @param payload what the function returned, or its error document
   * @param functionError {@code Unhandled} or {@code Handled} where the function failed, else null
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(int status, byte[] payload, @Nullable String functionError) {}

  /**
   * An endpoint at {@code endpoint}.
   *
   * @param endpoint {@code http} or {@code https}; a path is kept as a prefix
   * @param credentials sign the invocations
   * @throws IllegalArgumentException if the endpoint is no such URL
   */
  public LambdaEndpoint(Upstream upstream, URI endpoint, Credentials credentials, Clock clock) {
    this(upstream, endpoint, credentials, clock, false);
  }

  /** Portico's own Lambda host, which asks for which method of which API it is called. */
  public static LambdaEndpoint own(
      Upstream upstream, URI endpoint, Credentials credentials, Clock clock) {
    return new LambdaEndpoint(upstream, endpoint, credentials, clock, true);
  }

  private LambdaEndpoint(
      Upstream upstream, URI endpoint, Credentials credentials, Clock clock, boolean own) {
    this.own = own;
    EndpointUrl url = EndpointUrl.of(endpoint);
    this.upstream = upstream;
    this.origin = url.origin();
    this.prefix = url.prefix();
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Whether it asks for which method of which API it is called. */
  boolean isOwn() {
    return own;
  }

  /**
   * Invokes a function.
   *
   * @param event the payload, as JSON
   * @param mapped headers to send beside Lambda's own, such as {@code X-Amz-Invocation-Type}
   * @throws UpstreamException if the endpoint gives no answer
   * @throws java.net.SocketTimeoutException if all of the answer is not there in time
   * @throws IOException if the answer breaks off or is longer than Lambda's limit
   */
  public Answer invoke(LambdaFunction function, byte[] event, Headers mapped, Duration timeout)
      throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    String target = prefix + function.invokePath();
    Headers headers =
        Headers.builder()
            .add("Host", origin.authority())
            .add("Content-Type", "application/json")
            .addAll(mapped)
            .build();
    Headers signed =
        new SigV4Signer(credentials, function.region(), "lambda")
            .sign("POST", target, headers, event, clock.instant());

    UpstreamResponse response =
        upstream.send(new UpstreamRequest("POST", origin, target, signed, Body.of(event), timeout));
    return new Answer(
        response.status(),
        response.body().readAll(MOST_PAYLOAD, deadlineNanos),
        response.headers().first("X-Amz-Function-Error"));
  }
}
