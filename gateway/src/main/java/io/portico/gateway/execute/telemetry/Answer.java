package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Headers;

/**
 * How an invocation ended.
 *
 * @param invocation what was called, and what happened in it
 * @param status what the client was sent
 * @param headers what the client was sent
 * @param bodyBytes bytes of the body that were written
 * @param complete whether all of it was
 * @param nanos from the head of the request to the last byte of the answer
 */
public record Answer(
    Invocation invocation,
    int status,
    Headers headers,
    long bodyBytes,
    boolean complete,
    long nanos) {

  /** Bytes of the contents of request and answer, as far as the former is known. */
  long dataProcessed() {
    return Math.max(invocation.request().body().length(), 0) + bodyBytes;
  }

  /** When the last byte was written, in milliseconds since 1970. */
  long endMillis() {
    return invocation.time().toEpochMilli() + nanos / 1_000_000;
  }
}
