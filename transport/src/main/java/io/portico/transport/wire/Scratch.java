package io.portico.transport.wire;

import io.netty.util.concurrent.FastThreadLocal;

/** Working memory for reading and writing heads, one per event loop. */
public final class Scratch {
  private static final FastThreadLocal<Scratch> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected Scratch initialValue() {
          return new Scratch();
        }
      };

  private byte[] window = new byte[0];

  final NameCache names = new NameCache();
  private final HeadWriter writer = new HeadWriter();
  private final Http2ResponseHead http2Head = new Http2ResponseHead();
  private final Http2RequestWriter http2Writer = new Http2RequestWriter();

  Scratch() {}

  /** A window onto arriving bytes, of at least {@code length}. */
  byte[] window(int length) {
    if (window.length < length) {
      window = new byte[length];
    }
    return window;
  }

  /** The calling loop's own. */
  public static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** The loop's writer of HTTP/2 responses' heads. */
  public Http2ResponseHead http2Head() {
    return http2Head;
  }

  /** The loop's writer of HTTP/2 requests' heads. */
  public Http2RequestWriter http2Writer() {
    return http2Writer;
  }

  /** The loop's writer of heads. */
  public HeadWriter writer() {
    return writer;
  }
}
