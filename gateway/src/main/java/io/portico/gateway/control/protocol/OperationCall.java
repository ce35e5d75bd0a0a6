package io.portico.gateway.control.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One call of an operation.
 *
 * @param operation AWS's name, such as {@code CreateRestApi}
 * @param caller on whose behalf
 * @param requestId what the answer's {@code x-amzn-RequestId} says
 * @param endpoint where the caller has found this server, such as {@code http://127.0.0.1:4566};
 *     empty for a call from within
 * @param traceId the {@code X-Amzn-Trace-Id} that the caller has sent, or null
 * @param userAgent of the caller, or null
 * @param input validated against the operation's input shape
 */
public record OperationCall(
    String operation,
    Caller caller,
    String requestId,
    String endpoint,
    @Nullable String traceId,
    @Nullable String userAgent,
    Input input) {

  /** A call from within. */
  public OperationCall(String operation, Caller caller, String requestId, Input input) {
    this(operation, caller, requestId, "", null, null, input);
  }
}
