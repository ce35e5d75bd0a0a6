package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.LambdaFunction;
import java.io.IOException;
import java.time.Duration;

/** Functions whose answers are handed on as they come, by InvokeWithResponseStream. */
public final class StreamingFunctions {
  private final LambdaInvoke lambda;

  public StreamingFunctions(LambdaInvoke lambda) {
    this.lambda = lambda;
  }

  /** A function has streamed nothing that can be handed on. */
  public static final class NoStreamException extends Exception {
    private final boolean malformed;

    private NoStreamException(Exception cause, boolean malformed) {
      super(String.valueOf(cause.getMessage()), null, false, false);
      this.malformed = malformed;
    }

    /** Whether it has streamed something else, rather than failed. */
    public boolean isMalformed() {
      return malformed;
    }
  }

  /** Takes what was answered all at once: by an emulator, or by Lambda that refuses. */
  @FunctionalInterface
  public interface WholeAnswer {
    /**
     * What the function has answered.
     *
     * @throws GatewayFault if it has not
     */
    byte[] payload(LambdaInvoke.Answer answer);
  }

  /**
   * Invokes a function.
   *
   * @param mapped headers of the call
   * @param timeout until the answer's end
   * @param idle how long the function may let wait for more
   * @return once the metadata is there; the content is sent on as it comes
   */
  public EndpointResponse call(
      LambdaFunction function,
      byte[] event,
      Headers mapped,
      Duration timeout,
      Duration idle,
      Invocation invocation,
      WholeAnswer whole)
      throws IOException, NoStreamException {
    Duration longest = invocation.streaming(timeout);
    long deadlineNanos = System.nanoTime() + longest.toNanos();
    LambdaInvoke.Stream stream =
        lambda.stream(function, event, mapped, invocation.traceId(), longest, idle);
    try {
      StreamedReply reply =
          switch (stream) {
            case LambdaInvoke.Stream.Pieces pieces -> {
              invocation.observations().invoked(200, pieces.requestId());
              yield StreamedReply.of(pieces.stream());
            }
            case LambdaInvoke.Stream.Whole answered -> {
              LambdaInvoke.Answer answer = answered.answer();
              invocation.observations().invoked(answer.status(), answer.requestId());
              yield StreamedReply.of(whole.payload(answer));
            }
          };
      invocation.observations().functionAnswered(reply.status());
      return new EndpointResponse(reply.status(), reply.headers(), reply.body(), deadlineNanos);
    } catch (FunctionStream.FunctionFailedException e) {
      throw new NoStreamException(e, false);
    } catch (LambdaProxyReply.MalformedReplyException e) {
      throw new NoStreamException(e, true);
    }
  }
}
