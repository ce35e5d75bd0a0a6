package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LambdaFunction;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Invokes Lambda functions: at AWS Lambda, or at whatever speaks its API.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html">InvokeWithResponseStream</a>
 */
public final class LambdaInvoke {
  /** Most bytes a function returns: 6 MB, and room for base64 text and its document around it. */
  private static final long MOST_PAYLOAD = 10L * 1024 * 1024;

  /** Not signed: proxies on the way may write into it, and AWS's SDKs leave it out, too. */
  private static final String TRACE_ID = "X-Amzn-Trace-Id";

  private final Upstream upstream;
  private final Credentials credentials;

  /** By region; those of the functions that APIs name. */
  private final Map<String, SigV4Signer> signers = new ConcurrentHashMap<>();

  private final Clock clock;

  /**
   * A function's answer.
   *
   * @param status 200 for an answer, 202 for an event that was taken; else Lambda's own refusal
   * @param payload what the function returned, or its error document
   * @param functionError {@code Unhandled} or {@code Handled} where the function failed, else null
   * @param requestId of the call; empty where the endpoint does not say
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(
      int status, byte[] payload, @Nullable String functionError, String requestId) {

    /** The {@code errorMessage} of an error document; empty where it has none. */
    public String errorMessage() {
      return member("errorMessage");
    }

    /** The {@code message} of Lambda's own refusal; empty where it has none. */
    String refusal() {
      return member("message");
    }

    private String member(String name) {
      try {
        JsonNode message = Json.parse(payload).get(name);
        return message == null || message.isNull()
            ? ""
            : message.isString() ? message.asString() : Json.text(message);
      } catch (JacksonException e) {
        // A document that is none has no members.
        return "";
      }
    }
  }

  /**
   * @param credentials sign the invocations
   */
  public LambdaInvoke(Upstream upstream, Credentials credentials, Clock clock) {
    this.upstream = upstream;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The same, but signed with other credentials. */
  public LambdaInvoke signedBy(Credentials other) {
    return new LambdaInvoke(upstream, other, clock);
  }

  /** What signs the invocations that are somebody else's, who is known by these credentials. */
  public SigningCredentials signing() {
    return new SigningCredentials(upstream, credentials, clock);
  }

  /**
   * Invokes a function.
   *
   * @param event the payload, as JSON
   * @param mapped headers to send beside Lambda's own, such as {@code X-Amz-Invocation-Type}
   * @param traceId the trace that the invocation belongs to
   * @param trace hears of it
   * @throws UpstreamException if the endpoint gives no answer
   * @throws java.net.SocketTimeoutException if all of the answer is not there in time
   * @throws IOException if the answer breaks off or is longer than Lambda's limit
   */
  public Answer invoke(
      LambdaFunction function,
      byte[] event,
      Headers mapped,
      String traceId,
      Duration timeout,
      ExecutionTrace trace)
      throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    UpstreamResponse response =
        Exchange.send(
            upstream,
            request(function, function.invokePath(), event, mapped, traceId, timeout, timeout),
            trace,
            MOST_PAYLOAD);
    return answer(function, response, deadlineNanos);
  }

  /** The whole of an endpoint's answer. */
  private static Answer answer(
      LambdaFunction function, UpstreamResponse response, long deadlineNanos) throws IOException {
    byte[] payload = response.body().readAll(MOST_PAYLOAD, deadlineNanos);
    String functionError = response.headers().first("X-Amz-Function-Error");
    if (functionError == null && function.emulated()) {
      return EmulatorAnswer.of(response.status(), payload);
    }
    return new Answer(response.status(), payload, functionError, requestId(response));
  }

  /** What a function streams, or why it does not. */
  sealed interface Stream {
    /**
     * Piece by piece, in its own time.
     *
     * @param requestId of the call; empty where the endpoint does not say
     */
    record Pieces(FunctionStream stream, String requestId) implements Stream {}

    /** All at once: a refusal, or what an emulator answers, which does not stream. */
    record Whole(Answer answer) implements Stream {}
  }

  /**
   * Invokes a function whose answer is taken as it comes.
   *
   * @param timeout until the answer's end
   * @param idle how long the function may let wait for more
   * @see #invoke
   */
  Stream stream(
      LambdaFunction function,
      byte[] event,
      Headers mapped,
      String traceId,
      Duration timeout,
      Duration idle)
      throws IOException {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    UpstreamResponse response =
        upstream.send(
            request(function, function.streamPath(), event, mapped, traceId, timeout, idle));
    return response.status() == 200 && !function.emulated()
        ? new Stream.Pieces(FunctionStream.of(response.body()), requestId(response))
        : new Stream.Whole(answer(function, response, deadlineNanos));
  }

  private UpstreamRequest request(
      LambdaFunction function,
      String path,
      byte[] event,
      Headers mapped,
      String traceId,
      Duration timeout,
      Duration idle) {
    Headers headers =
        Headers.builder()
            .add("Host", function.origin().authority())
            .add("Content-Type", "application/json")
            .addAll(mapped)
            .build();
    Headers signed =
        signers
            .computeIfAbsent(
                function.region(), region -> new SigV4Signer(credentials, region, "lambda"))
            .sign("POST", path, headers, event, clock.instant())
            .toBuilder()
            .add(TRACE_ID, traceId)
            .build();
    return new UpstreamRequest(
        "POST", function.origin(), path, signed, Body.of(event), timeout, idle);
  }

  private static String requestId(UpstreamResponse response) {
    String requestId = response.headers().first("x-amzn-RequestId");
    return requestId == null ? "" : requestId;
  }
}
