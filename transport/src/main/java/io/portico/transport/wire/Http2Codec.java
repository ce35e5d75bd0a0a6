package io.portico.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty's parts of one HTTP/2 connection, put together: field lists are checked as they are
 * unpacked ({@link Http2RequestHead}, {@link Http2ResponseReader}), priorities are ignored.
 *
 * @param settings what the peer is told
 * @param watch sees every frame that arrives
 * @param unfinished what there is of a head that is longer than the peer was told, once; else null
 */
public record Http2Codec(
    Http2ConnectionDecoder decoder,
    Http2ConnectionEncoder encoder,
    Http2Settings settings,
    FrameWatch watch,
    Supplier<@Nullable Http2Headers> unfinished) {

  /** Bytes of content that a stream's client may send before somebody takes them. */
  private static final int CLIENTS_WINDOW = 128 * 1024;

  /** The same for a backend: it is farther away than a client's proxy, and trusted more. */
  private static final int BACKENDS_WINDOW = 256 * 1024;

  /** What all streams together get beyond the 65,535 bytes they begin with. */
  private static final int MORE_WINDOW = 1024 * 1024;

  /** Each field costs its name, its value and as much again (RFC 9113, 6.5.2). */
  private static final int FIELD_COST = 32;

  private static final float WINDOW_UPDATE_RATIO = 0.5f;

  /** Header blocks that fit our limits need no more than a few CONTINUATION frames. */
  private static final int SMALL_CONTINUATIONS = 16;

  /** Of a listener: heads are {@link Http2RequestHead}. */
  public static Http2Codec ofServer(WireLimits limits, Http2Limits http2) {
    DefaultHttp2Connection connection = new DefaultHttp2Connection(true, 0);
    letStreamsBegin(connection);
    return of(
        connection,
        limits,
        FrameWatch.ofClient(http2, System.nanoTime()),
        () -> new Http2RequestHead(limits),
        new Http2Settings()
            .maxConcurrentStreams(http2.streams())
            .connectProtocolEnabled(true)
            .initialWindowSize(CLIENTS_WINDOW));
  }

  /** Of a client: heads are {@link Http2ResponseReader}; nothing can be pushed. */
  public static Http2Codec ofClient(WireLimits limits, Http2Limits http2) {
    DefaultHttp2Connection connection = new DefaultHttp2Connection(false, 0);
    connection.local().allowPushTo(false);
    return of(
        connection,
        limits,
        FrameWatch.ofServer(http2, System.nanoTime()),
        () -> new Http2ResponseReader(limits),
        new Http2Settings().pushEnabled(false).initialWindowSize(BACKENDS_WINDOW));
  }

  private static Http2Codec of(
      DefaultHttp2Connection connection,
      WireLimits limits,
      FrameWatch watch,
      Supplier<Http2Headers> heads,
      Http2Settings settings) {
    // The pseudo-fields beside the path are short; their cost is that of a few fields.
    long listSize =
        (long) limits.startLine()
            + limits.headerBytes()
            + (long) FIELD_COST * (limits.headerFields() + 8);
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
    FieldDecoder fields = new FieldDecoder(heads, listSize);
    DefaultHttp2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            connection,
            encoder,
            new DefaultHttp2FrameReader(fields, SMALL_CONTINUATIONS),
            Http2PromisedRequestVerifier.ALWAYS_VERIFY,
            true,
            true,
            false);
    return new Http2Codec(
        decoder, encoder, settings.maxHeaderListSize(listSize), watch, fields::takeUnfinished);
  }

  /** Leaves it to us how many requests there may be at once. */
  public static void letStreamsBegin(Http2Connection streams) {
    streams.remote().maxActiveStreams(Integer.MAX_VALUE);
  }

  /** Lets the peer send more on all streams together than HTTP/2 begins with. */
  public void openWindow() throws Http2Exception {
    Http2Connection connection = decoder.connection();
    decoder.flowController().incrementWindowSize(connection.connectionStream(), MORE_WINDOW);
  }

  /** Tells {@code streams} of everything. */
  public <
          S extends
              Http2FrameListener & Http2Connection.Listener & Http2RemoteFlowController.Listener>
      void serve(S streams) {
    decoder.frameListener(streams);
    decoder.connection().addListener(streams);
    encoder.flowController().listener(streams);
  }

  /** Decompresses header blocks into heads. */
  private static final class FieldDecoder extends DefaultHttp2HeadersDecoder {
    private final Supplier<Http2Headers> heads;
    private @Nullable Http2Headers unfinished;

    FieldDecoder(Supplier<Http2Headers> heads, long listSize) {
      super(false, listSize);
      this.heads = heads;
    }

    @Override
    protected Http2Headers newHeaders() {
      Http2Headers head = heads.get();
      unfinished = head;
      return head;
    }

    @Override
    public Http2Headers decodeHeaders(int streamId, ByteBuf block) throws Http2Exception {
      boolean kept = false;
      try {
        return super.decodeHeaders(streamId, block);
      } catch (Http2Exception.HeaderListSizeException e) {
        kept = true;
        throw e;
      } finally {
        if (!kept) {
          unfinished = null;
        }
      }
    }

    @Nullable Http2Headers takeUnfinished() {
      Http2Headers head = unfinished;
      unfinished = null;
      return head;
    }
  }
}
