package io.portico.transport.listener;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.portico.transport.wire.FrameWatch;
import io.portico.transport.wire.FrameWriter;
import io.portico.transport.wire.Http2RequestHead;
import io.portico.transport.wire.WireLimits;

/**
 * Netty's parts of one HTTP/2 connection, put together for a server: field lists are checked by
 * {@link Http2RequestHead}, priorities are ignored.
 *
 * @param settings what the client is told
 * @param watch sees every frame that arrives
 */
record Http2Codec(
    Http2ConnectionDecoder decoder,
    Http2ConnectionEncoder encoder,
    Http2Settings settings,
    FrameWatch watch) {

  /** Bytes of content that a stream's client may send before somebody takes them. */
  private static final int STREAM_WINDOW = 128 * 1024;

  /** What all streams together get beyond the 65,535 bytes they begin with. */
  static final int MORE_WINDOW = 1024 * 1024;

  /** Each field costs its name, its value and as much again (RFC 9113, 6.5.2). */
  private static final int FIELD_COST = 32;

  private static final float WINDOW_UPDATE_RATIO = 0.5f;

  /** Header blocks that fit our limits need no more than a few CONTINUATION frames. */
  private static final int SMALL_CONTINUATIONS = 16;

  static Http2Codec of(ListenerConfig config) {
    WireLimits limits = config.limits();
    int streams = config.http2().streams();
    // The pseudo-fields beside the path are short; their cost is that of a few fields.
    long listSize =
        (long) limits.startLine()
            + limits.headerBytes()
            + (long) FIELD_COST * (limits.headerFields() + 8);
    FrameWatch watch = new FrameWatch(config.http2(), System.nanoTime());
    DefaultHttp2Connection connection = new DefaultHttp2Connection(true, 0);
    letStreamsBegin(connection);
    connection
        .local()
        .flowController(new DefaultHttp2LocalFlowController(connection, WINDOW_UPDATE_RATIO, true));
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    DefaultHttp2ConnectionEncoder encoder =
        new DefaultHttp2ConnectionEncoder(connection, new FrameWriter(watch));
    DefaultHttp2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            connection,
            encoder,
            new DefaultHttp2FrameReader(new FieldDecoder(limits, listSize), SMALL_CONTINUATIONS),
            Http2PromisedRequestVerifier.ALWAYS_VERIFY,
            true,
            true,
            false);
    Http2Settings settings =
        new Http2Settings()
            .maxConcurrentStreams(streams)
            .initialWindowSize(STREAM_WINDOW)
            .maxHeaderListSize(listSize);
    return new Http2Codec(decoder, encoder, settings, watch);
  }

  /** Leaves it to us how many requests there may be at once. */
  static void letStreamsBegin(io.netty.handler.codec.http2.Http2Connection streams) {
    streams.remote().maxActiveStreams(Integer.MAX_VALUE);
  }

  /** Tells {@code streams} of everything. */
  void serve(Http2Streams streams) {
    decoder.frameListener(streams);
    decoder.connection().addListener(streams);
    encoder.flowController().listener(streams);
  }

  /** Decompresses header blocks into heads of requests. */
  private static final class FieldDecoder extends DefaultHttp2HeadersDecoder {
    private final WireLimits limits;

    FieldDecoder(WireLimits limits, long listSize) {
      super(false, listSize);
      this.limits = limits;
    }

    @Override
    protected Http2Headers newHeaders() {
      return new Http2RequestHead(limits);
    }
  }
}
