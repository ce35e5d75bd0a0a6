package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The <b>method request</b>: what the client sent, as method, templates and mappings see it. */
public final class MethodRequest {
  private static final byte[] NO_BYTES = {};

  private final String httpMethod;
  private final RequestParameters parameters;
  private final @Nullable String contentType;
  private final Body body;
  private @Nullable Payload payload;

  private MethodRequest(
      String httpMethod, RequestParameters parameters, @Nullable String contentType, Body body) {
    this.httpMethod = httpMethod;
    this.parameters = parameters;
    this.contentType = contentType;
    this.body = body;
  }

  /** What a client sends on a connection: it has neither path nor fields. */
  public static MethodRequest ofMessage(Invocation invocation) {
    return new MethodRequest(
        invocation.httpMethod(), RequestParameters.NONE, null, invocation.content().body());
  }

  /** What a client sends by HTTP. */
  public static MethodRequest of(Invocation invocation, Map<String, String> pathVariables) {
    RequestParameters parameters = RequestParameters.of(invocation, pathVariables);
    return new MethodRequest(
        invocation.httpMethod(),
        parameters,
        invocation.test() == null ? parameters.headers().first("Content-Type") : null,
        invocation.content().body());
  }

  /** The client's: the one that is called. */
  public String httpMethod() {
    return httpMethod;
  }

  /** Path, query string and headers. */
  public RequestParameters parameters() {
    return parameters;
  }

  /** The content, read or unread. */
  public Body body() {
    return body;
  }

  /**
   * The type of the content as the client gives it, or null.
   *
   * <p>AWS: a test's counts as JSON, whatever field it has; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis.
   */
  public @Nullable String contentType() {
    return contentType;
  }

  /**
   * Bounds a body that is handed on unread. One whose length is not known yet is counted while it
   * is.
   *
   * @throws GatewayFault {@code REQUEST_TOO_LARGE} for one that is known to be longer
   */
  public MethodRequest within(long limit) {
    Body _ = RequestContent.within(body, limit);
    return this;
  }

  /**
   * This request with its body in memory.
   *
   * @param limit most bytes to accept
   * @param deadlineNanos when all of it must be there, as {@link System#nanoTime} counts
   * @throws GatewayFault {@code REQUEST_TOO_LARGE}, or {@code DEFAULT_4XX} where the client breaks
   *     off or is too slow
   */
  public MethodRequest buffered(long limit, long deadlineNanos) {
    if (!(body instanceof Body.Streamed)) {
      if (body.length() > limit) {
        throw GatewayFault.tooLong(limit);
      }
      return this;
    }
    return withBody(Body.of(RequestContent.read(body, limit, deadlineNanos)));
  }

  /**
   * The content once all of it is there, as {@link Body.Streamed#gatherText} gives it.
   *
   * @throws GatewayFault as {@link #buffered} does
   */
  public Body gatheredText(long limit, long deadlineNanos) {
    return body instanceof Body.Streamed stream
        ? RequestContent.gatheredText(stream, limit, deadlineNanos)
        : body;
  }

  /** This request with other content. */
  public MethodRequest withBody(Body content) {
    return new MethodRequest(httpMethod, parameters, contentType, content);
  }

  /**
   * The content of a body that is in memory.
   *
   * @throws IllegalStateException if it is still arriving
   */
  public Payload payload() {
    if (payload == null) {
      payload =
          new Payload(
              switch (body) {
                case Body.Empty empty -> NO_BYTES;
                case Body.Buffered buffered -> buffered.bytes();
                case Body.Streamed streamed ->
                    throw new IllegalStateException("the body is not read yet");
                case Body.Produced produced ->
                    throw new IllegalStateException("content of answers only");
              });
    }
    return payload;
  }
}
