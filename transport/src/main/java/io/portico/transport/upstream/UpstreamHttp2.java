package io.portico.transport.upstream;

import io.portico.transport.wire.Http2Limits;
import java.time.Duration;

/**
 * How HTTP/2 is spoken with backends that offer it.
 *
 * @param limits what a backend may do on a connection; {@code streams} is how many calls it gets at
 *     once, if it takes as many
 * @param silence how long a backend may say nothing while it has calls before it is asked whether
 *     it is there (PING), and how long it may take to answer that
 */
public record UpstreamHttp2(Http2Limits limits, Duration silence) {

  /** The usual limits, and a silence that no call within AWS's longest timeout of 29 s notices. */
  public static UpstreamHttp2 standard() {
    return new UpstreamHttp2(Http2Limits.standard(), Duration.ofSeconds(15));
  }
}
