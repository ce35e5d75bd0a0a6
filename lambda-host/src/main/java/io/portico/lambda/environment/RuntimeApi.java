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
 * and gives its answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements HttpHandler {
  /** AWS: 6 MB and 100 bytes, as its own refusal says; source: Lambda quotas. */
  static final int MOST_RESPONSE = 6_291_556;

  private static final int MOST_ERROR = 256 * 1024;
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
      return refusal(410, "Runtime.Unavailable", "The execution environment has ended");
    }
    try {
      return answer(current, request);
    } catch (InterruptedException e) {
      // The function's process closed its connection: nobody reads this.
      Thread.currentThread().interrupt();
      return refusal(410, "Runtime.Unavailable", "The connection was closed");
    } catch (IOException e) {
      return refusal(400, "InvalidRequest", "The request ended before it was complete");
    }
  }

  private static HttpResponse answer(RuntimeSession session, HttpRequest request)
      throws InterruptedException, IOException {
    String call = request.method() + " " + request.rawPath();
    if (call.equals("GET " + INVOCATION + "next")) {
      return event(session.next());
    }
    if (call.equals("POST " + PREFIX + "init/error")) {
      session.failInitialization(failure(request));
      return accepted();
    }
    String path = request.rawPath();
    int slash = path.lastIndexOf('/');
    if (request.method().equals("POST")
        && path.startsWith(INVOCATION)
        && slash > INVOCATION.length()) {
      String requestId = path.substring(INVOCATION.length(), slash);
      switch (path.substring(slash + 1)) {
        case "response" -> {
          return response(session, requestId, request);
        }
        case "error" -> {
          return ended(session, requestId, failure(request));
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

  /** A function may stream to whoever wants its answer whole: then it is gathered. */
  private static HttpResponse response(
      RuntimeSession session, String requestId, HttpRequest request)
      throws InterruptedException, IOException {
    ResponseStream stream = StreamedResponse.isStreamed(request) ? session.stream(requestId) : null;
    if (stream != null && !stream.begin(StreamedResponse.contentType(request))) {
      return invalidId();
    }
    try {
      return ended(
          session,
          requestId,
          stream == null
              ? whole(request.body())
              : StreamedResponse.handOn(session, requestId, request, stream));
    } catch (BodyTooLargeException e) {
      // AWS: source: documented in the Runtime API's 413; the type and text as users report them.
      session.end(
          requestId,
          FunctionErrors.failed(
              "Function.ResponseSizeTooLarge",
              "Response payload size exceeded maximum allowed payload size ("
                  + e.limit()
                  + " bytes)."));
      return refusal(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size");
    }
  }

  private static Outcome whole(Body body) throws IOException {
    byte[] payload = body.readAll(MOST_RESPONSE);
    Outcome failure = StreamedResponse.failure(body);
    return failure == null ? new Outcome.Answered(payload) : failure;
  }

  private static HttpResponse ended(RuntimeSession session, String requestId, Outcome outcome) {
    return session.end(requestId, outcome) ? accepted() : invalidId();
  }

  private static HttpResponse invalidId() {
    return refusal(400, "InvalidRequestID", "Invalid request ID");
  }

  private static Outcome.Failed failure(HttpRequest request) throws IOException {
    String type = request.headers().first(StreamedResponse.ERROR_TYPE);
    byte[] document = request.body().readAll(MOST_ERROR);
    return new Outcome.Failed(
        type == null ? "Runtime.Unknown" : type,
        document.length == 0 ? FunctionErrors.document("Runtime.Unknown", "") : document);
  }

  private static HttpResponse accepted() {
    return json(202, Json.bytes(Json.object().put("status", "OK")));
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
