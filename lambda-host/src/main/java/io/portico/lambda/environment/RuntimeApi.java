package io.portico.lambda.environment;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's <b>Runtime API</b>, by which the process of one execution environment takes its events
 * and gives its answers. AWS: the status of each refusal is documented; the types and texts are
 * those of its runtime interface emulator, which users report of Lambda as well.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements HttpHandler {
  /** AWS: 6 MB and 100 bytes, as its own refusal says; source: Lambda quotas. */
  static final int MOST_RESPONSE = 6_291_556;

  private static final int ACCEPTED = 202;
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final String INVOCATION = PREFIX + "invocation/";

  private final Supplier<@Nullable RuntimeSession> session;

  /**
   * @param session that of the process which runs now, or null
   */
  RuntimeApi(Supplier<@Nullable RuntimeSession> session) {
    this.session = session;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    RuntimeSession current = session.get();
    if (current == null) {
      return unavailable();
    }
    try {
      return answer(current, request);
    } catch (InterruptedException e) {
      // The function's process closed its connection: nobody reads this.
      Thread.currentThread().interrupt();
      return unavailable();
    } catch (StateTransitionException e) {
      return refusal(403, "InvalidStateTransition", String.valueOf(e.getMessage()));
    } catch (BodyTooLargeException e) {
      return refusal(
          413,
          "RequestEntityTooLarge",
          "Exceeded maximum allowed payload size (" + e.limit() + " bytes).");
    } catch (IOException e) {
      return refusal(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
    }
  }

  /** AWS: "Non-recoverable state. Runtime should exit promptly."; source: documented, as above. */
  private static HttpResponse unavailable() {
    return refusal(500, "InternalServerError", "The execution environment has ended");
  }

  private static HttpResponse answer(RuntimeSession session, HttpRequest request)
      throws InterruptedException, IOException, StateTransitionException {
    String call = request.method() + " " + request.rawPath();
    if (call.equals("GET " + INVOCATION + "next")) {
      return event(session.next());
    }
    if (call.equals("POST " + PREFIX + "init/error")) {
      return initError(session, request);
    }
    if (call.equals("GET " + PREFIX + "restore/next")
        || call.equals("POST " + PREFIX + "restore/error")) {
      // AWS: for environments that begin from a snapshot alone; source: inferred, from SnapStart's
      // runtime hooks.
      return refusal(
          403,
          "InvalidStateTransition",
          "The execution environment is not restored from a snapshot");
    }
    String path = request.rawPath();
    int slash = path.lastIndexOf('/');
    if (request.method().equals("POST")
        && path.startsWith(INVOCATION)
        && slash > INVOCATION.length()) {
      String requestId = path.substring(INVOCATION.length(), slash);
      switch (path.substring(slash + 1)) {
        case "response" -> {
          HttpResponse answer =
              answered(
                  session,
                  requestId,
                  RuntimeState.RESPONSE,
                  () -> response(session, requestId, request));
          return answer.status() == ACCEPTED && StreamedResponse.isUnknown(request)
              ? refusal(400, "InvalidFunctionResponseMode", "Invalid function response mode")
              : answer;
        }
        case "error" -> {
          return answered(session, requestId, RuntimeState.ERROR_RESPONSE, () -> failure(request));
        }
        default -> {}
      }
    }
    return refusal(404, "InvalidPath", "The Runtime API has no " + call);
  }

  private static HttpResponse event(RuntimeSession.Order order) {
    Event event = order.event();
    Headers.Builder headers =
        Headers.builder()
            .add("Content-Type", "application/json")
            .add("Lambda-Runtime-Aws-Request-Id", event.requestId())
            .add("Lambda-Runtime-Deadline-Ms", Long.toString(order.deadlineMillis()))
            .add("Lambda-Runtime-Invoked-Function-Arn", event.functionArn())
            .add("Lambda-Runtime-Trace-Id", event.traceId());
    String clientContext = event.clientContext();
    if (clientContext != null) {
      headers.add("Lambda-Runtime-Client-Context", clientContext);
    }
    return new HttpResponse(200, headers.build(), Body.of(event.payload()));
  }

  private static HttpResponse initError(RuntimeSession session, HttpRequest request)
      throws IOException, StateTransitionException {
    try {
      session.failInitialization(failure(request));
      return accepted();
    } catch (BodyTooLargeException e) {
      session.failInitialization(oversized(e));
      throw e;
    }
  }

  /** Reads an answer. */
  @FunctionalInterface
  private interface Reader {
    Outcome read() throws IOException, InterruptedException;
  }

  /** Reads the answer to an invocation, and ends that with it, however much came of it. */
  private static HttpResponse answered(
      RuntimeSession session, String requestId, RuntimeState answer, Reader reader)
      throws IOException, InterruptedException, StateTransitionException {
    if (!session.take(requestId, answer)) {
      return invalidId();
    }
    boolean complete = false;
    try {
      Outcome outcome = reader.read();
      complete = true;
      return ended(session, requestId, outcome);
    } catch (BodyTooLargeException e) {
      complete = true;
      session.end(requestId, oversized(e));
      throw e;
    } finally {
      if (!complete) {
        session.truncate(
            requestId,
            FunctionErrors.failed(
                FunctionErrors.TRUNCATED, "The response ended before it was complete"));
      }
    }
  }

  private static HttpResponse ended(RuntimeSession session, String requestId, Outcome outcome) {
    return session.end(requestId, outcome) ? accepted() : invalidId();
  }

  /** A function may stream to whoever wants its answer whole: then it is gathered. */
  private static Outcome response(RuntimeSession session, String requestId, HttpRequest request)
      throws InterruptedException, IOException {
    if (StreamedResponse.isUnknown(request)) {
      // AWS: source: inferred, from its runtime interface emulator.
      return FunctionErrors.failed("Runtime.InvalidResponseModeHeader", "");
    }
    ResponseStream stream = StreamedResponse.isStreamed(request) ? session.stream(requestId) : null;
    if (stream == null) {
      return whole(request.body());
    }
    stream.begin(StreamedResponse.contentType(request));
    return StreamedResponse.handOn(request, stream);
  }

  private static Outcome whole(Body body) throws IOException {
    byte[] payload = WholeBody.read(body, MOST_RESPONSE);
    Outcome failure = StreamedResponse.failure(body);
    return failure == null ? new Outcome.Answered(payload) : failure;
  }

  /** AWS: source: documented in the Runtime API's 413; the type and text as users report them. */
  private static Outcome.Failed oversized(BodyTooLargeException e) {
    return FunctionErrors.failed(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (" + e.limit() + " bytes).");
  }

  private static HttpResponse invalidId() {
    return refusal(400, "InvalidRequestID", "Invalid request ID");
  }

  /**
   * AWS: an error without a document is made of the type in the header; source: documented, its
   * OpenAPI document of this API.
   */
  private static Outcome.Failed failure(HttpRequest request) throws IOException {
    String given = request.headers().first(StreamedResponse.ERROR_TYPE);
    byte[] document = WholeBody.read(request.body(), MOST_RESPONSE);
    String type = FunctionErrors.type(given);
    return new Outcome.Failed(
        type,
        document.length == 0
            ? FunctionErrors.document(given == null ? type : given, "")
            : document);
  }

  private static HttpResponse accepted() {
    return json(ACCEPTED, Json.bytes(Json.object().put("status", "OK")));
  }

  private static HttpResponse refusal(int status, String type, String message) {
    return json(
        status, Json.bytes(Json.object().put("errorMessage", message).put("errorType", type)));
  }

  private static HttpResponse json(int status, byte[] content) {
    return new HttpResponse(
        status, Headers.of("Content-Type", "application/json"), Body.of(content));
  }
}
