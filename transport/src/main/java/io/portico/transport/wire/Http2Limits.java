package io.portico.transport.wire;

/**
 * What a peer may do on an HTTP/2 connection.
 *
 * @param streams most requests at once; a client's beyond get {@code REFUSED_STREAM}, ours to a
 *     backend take another connection
 * @param resets most streams that the peer resets, or has us reset by breaking rules, in ten
 *     seconds; beyond, the connection ends with {@code ENHANCE_YOUR_CALM}
 * @param idleFrames most frames in ten seconds that bring no request on and that nothing we sent
 *     calls for: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, CONTINUATION, DATA without content,
 *     unknown ones; beyond, likewise
 */
public record Http2Limits(int streams, int resets, int idleFrames) {
  public Http2Limits {
    if (streams < 1 || resets < 1 || idleFrames < 16) {
      throw new IllegalArgumentException(
          "limits too low to speak HTTP/2: " + streams + ", " + resets + ", " + idleFrames);
    }
  }

  /** Far more than browsers, SDKs and servers make use of. */
  public static Http2Limits standard() {
    return new Http2Limits(128, 200, 1000);
  }
}
