package io.portico.transport.upstream;

import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.REFUSED_STREAM;
import static io.netty.handler.codec.http2.Http2Exception.connectionError;
import static io.netty.handler.codec.http2.Http2Exception.streamError;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.transport.wire.Http2ResponseReader;
import io.portico.transport.wire.MalformedMessageException;
import org.jspecify.annotations.Nullable;

/** What the codec says of a connection's streams, told to the calls on them. */
final class SharedStreams extends Http2EventAdapter implements Http2RemoteFlowController.Listener {
  private final SharedConnection connection;
  private final Http2Connection streams;
  private final Http2Connection.PropertyKey key;

  SharedStreams(SharedConnection connection, Http2Connection streams) {
    this.connection = connection;
    this.streams = streams;
    this.key = streams.newKey();
  }

  /** {@code stream} carries a call. */
  void put(Http2Stream stream, SharedStream call) {
    stream.setProperty(key, call);
  }

  private @Nullable SharedStream call(@Nullable Http2Stream stream) {
    return stream == null ? null : stream.getProperty(key);
  }

  /** The backend broke HTTP/2's rules on a stream. */
  void broken(@Nullable Http2Stream stream, String how) {
    SharedStream call = call(stream);
    if (call != null) {
      call.fail(invalid(how));
    }
  }

  private static UpstreamException invalid(String how) {
    return new UpstreamException(Reason.INVALID_RESPONSE, "the answer has " + how, null);
  }

  /** Nothing will come on any stream any more. */
  void failAll(UpstreamException reason) {
    try {
      streams.forEachActiveStream(
          stream -> {
            SharedStream call = call(stream);
            if (call != null) {
              call.fail(reason);
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException("a visitor throws nothing", e);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean ended)
      throws Http2Exception {
    onHeadersRead(context, streamId, headers, padding, ended);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int streamId, Http2Headers headers, int padding, boolean ended)
      throws Http2Exception {
    SharedStream call = call(streams.stream(streamId));
    if (call == null) {
      throw connectionError(PROTOCOL_ERROR, "an answer that nobody asked for");
    }
    try {
      call.headArrived((Http2ResponseReader) headers, ended);
    } catch (MalformedMessageException e) {
      throw streamError(streamId, PROTOCOL_ERROR, "%s", e.getMessage());
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean ended)
      throws Http2Exception {
    SharedStream call = call(streams.stream(streamId));
    if (call == null) {
      throw connectionError(PROTOCOL_ERROR, "content that nobody asked for");
    }
    try {
      return call.contentArrived(data, ended) + padding;
    } catch (MalformedMessageException e) {
      throw streamError(streamId, PROTOCOL_ERROR, "%s", e.getMessage());
    }
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext context, int streamId, long errorCode) {
    SharedStream call = call(streams.stream(streamId));
    if (call != null && errorCode == REFUSED_STREAM.code()) {
      connection.refused();
      call.refused("the backend refused the stream");
    }
  }

  @Override
  public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
    connection.left();
    try {
      streams.forEachActiveStream(
          stream -> {
            SharedStream call = call(stream);
            if (call != null && stream.id() > lastStreamId) {
              call.refused("the backend ends the connection");
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException("a visitor throws nothing", e);
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
    connection.greeted();
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    SharedStream call = call(stream);
    if (call != null) {
      call.closed();
    }
    connection.streamClosed();
  }

  @Override
  public void writabilityChanged(Http2Stream stream) {
    SharedStream call = call(stream);
    if (call != null && connection.isWritable(stream)) {
      call.writable();
    }
  }
}
