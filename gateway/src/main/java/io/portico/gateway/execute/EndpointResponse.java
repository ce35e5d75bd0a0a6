package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;

/**
 * The backend's answer, untouched.
 *
 * @param status three digits as a rule; for {@code MOCK} any number
 * @param selector what selection patterns are matched against: the status, or for a function the
 *     message of its error, empty where it succeeded
 * @param headers as received; none for {@code MOCK}
 * @param body the content, as a rule still arriving
 * @param deadlineNanos when all of it must be there, as {@link System#nanoTime} counts; means
 *     nothing for a body in memory
 */
public record EndpointResponse(
    int status, String selector, Headers headers, Body body, long deadlineNanos) {

  /** The status of a function that failed: Lambda itself answers 200. */
  public static final int FUNCTION_ERROR = 500;

  /** An answer that is selected by its status. */
  public EndpointResponse(int status, Headers headers, Body body, long deadlineNanos) {
    this(status, Integer.toString(status), headers, body, deadlineNanos);
  }

  /** This answer with another body. */
  public EndpointResponse with(Body other) {
    return new EndpointResponse(status, selector, headers, other, deadlineNanos);
  }

  /** An answer that is in memory. */
  public static EndpointResponse whole(int status, String selector, Body body) {
    return new EndpointResponse(status, selector, Headers.empty(), body, 0);
  }
}
