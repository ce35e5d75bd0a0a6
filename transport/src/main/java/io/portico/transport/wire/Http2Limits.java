package io.portico.transport.wire;

/**
 * What a client may do on an HTTP/2 connection.
 *
 * @param streams most requests at once; beyond, {@code REFUSED_STREAM}
 * @param resets most streams that the client resets, or has us reset by breaking rules, in ten
 *     seconds; beyond, the connection ends with {@code ENHANCE_YOUR_CALM}
 * @param idleFrames most frames in ten seconds that bring no request on and that no answer calls
 *     for: PING, SETTINGS, PRIORITY, WINDOW_UPDATE, CONTINUATION, DATA without content, unknown
 *     ones; beyond, likewise
 */
public record Http2Limits(int streams, int resets, int idleFrames) {
  public Http2Limits {
    if (streams < 1 || resets < 1 || idleFrames < 16) {
      throw new IllegalArgumentException(
          "limits too low to speak HTTP/2: " + streams + ", " + resets + ", " + idleFrames);
    }
  }

  /** Far more than browsers and SDKs make use of. */
  public static Http2Limits standard() {
    return new Http2Limits(128, 200, 1000);
  }
}
