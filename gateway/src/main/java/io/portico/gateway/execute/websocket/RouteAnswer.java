package io.portico.gateway.execute.websocket;

import io.portico.gateway.http.Headers;

/**
 * What an integration answered, as its route has it.
 *
 * @param status of the backend; of a function that is not a proxy's 200, or 500 where it failed
 * @param headers those that a client that connects may be told
 * @param content mapped, where the route is two-way; nobody changes it
 * @param binary whether it was base64 that stood for bytes, which may be text all the same
 */
@SuppressWarnings("ArrayRecordComponent")
record RouteAnswer(int status, Headers headers, byte[] content, boolean binary) {
  private static final byte[] NOTHING = {};

  /** A route that calls nothing. */
  static final RouteAnswer NONE = new RouteAnswer(200, Headers.empty(), NOTHING, false);

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
