package io.portico.transport.listener;

import static io.netty.handler.codec.http2.Http2Error.INTERNAL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.REFUSED_STREAM;
import static io.netty.handler.codec.http2.Http2Exception.streamError;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.transport.wire.Http2Codec;
import io.portico.transport.wire.Http2RequestHead;
import io.portico.transport.wire.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the codec says of a connection's streams, turned into requests. */
final class Http2Streams extends Http2EventAdapter implements Http2RemoteFlowController.Listener {
  private final Http2Connection connection;
  private final io.netty.handler.codec.http2.Http2Connection.PropertyKey key;

  Http2Streams(Http2Connection connection) {
    this.connection = connection;
    this.key = connection.connection().newKey();
  }

  /** The request on a stream, or null where it was refused. */
  @Nullable Http2Content content(Http2Stream stream) {
    return stream.getProperty(key);
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
    Http2RequestHead head = (Http2RequestHead) headers;
    Http2Stream stream = connection.connection().stream(streamId);
    Http2Content known = content(stream);
    try {
      if (known != null) {
        head.completeTrailers();
        known.trailers();
        return;
      }
      head.complete(ended);
    } catch (MalformedMessageException e) {
      if (known == null && e.status() != 400) {
        refuse(stream, head, e.status(), e.reason());
        return;
      }
      if (known == null) {
        connection.handler().refused(Refusal.byReset(connection.client(), head, e.reason()));
      } else {
        known.malformed(e.reason());
      }
      throw malformed(streamId, e);
    }
    String expectation = head.expect();
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      refuse(stream, head, 417, Refusal.EXPECTATION);
      return;
    }
    Http2Content content = new Http2Content(connection, stream, head, ended);
    stream.setProperty(key, content);
    if (!connection.arrived(content)) {
      throw streamError(streamId, REFUSED_STREAM, "too many requests at once");
    }
  }

  /** Malformed is a stream's error (RFC 9113, 8.1.1); what is only too much is answered. */
  private static Http2Exception malformed(int streamId, MalformedMessageException e) {
    return streamError(streamId, PROTOCOL_ERROR, "%s", e.getMessage());
  }

  private void refuse(Http2Stream stream, Http2RequestHead head, int status, String reason) {
    // Whatever else comes on the stream belongs to this request, which has no content for anyone.
    Http2Content content = Http2Content.refused(connection, stream, head);
    stream.setProperty(key, content);
    connection.refuse(content, status, reason);
  }

  /**
   * Answers a request whose head is longer than the client was told: the codec has told nobody of
   * it.
   *
   * @return false if it is something else that is wrong, or with what came behind a head
   */
  boolean refusesLong(Http2Exception.StreamException error, Http2Codec codec) {
    if (!(error instanceof Http2Exception.HeaderListSizeException)
        || !(codec.unfinished().get() instanceof Http2RequestHead head)
        || connection.connection().stream(error.streamId()) != null) {
      return false;
    }
    try {
      Http2Stream stream = connection.connection().remote().createStream(error.streamId(), false);
      refuse(
          stream,
          head,
          431,
          "a head of more than %d bytes, 32 for each field included"
              .formatted(codec.settings().maxHeaderListSize()));
      return true;
    } catch (Http2Exception e) {
      // It may not begin: the codec says so in its own way.
      return false;
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean ended)
      throws Http2Exception {
    Http2Content content = content(connection.connection().stream(streamId));
    if (content == null) {
      return data.readableBytes() + padding;
    }
    try {
      return content.arrived(data, ended) + padding;
    } catch (MalformedMessageException e) {
      content.malformed(e.reason());
      throw malformed(streamId, e);
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
    connection.greeted();
  }

  @Override
  public void onSettingsAckRead(ChannelHandlerContext context) {
    // The codec now holds the client to the number of streams in a way that takes whatever follows
    // on a refused stream for a breach of rules; arrived does it better.
    Http2Codec.letStreamsBegin(connection.connection());
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext context, long data) {
    connection.pinged(data);
  }

  /** The connection is of no more use: nobody waits for answers. */
  void giveUp() {
    for (Http2Stream stream : active()) {
      Http2Content content = content(stream);
      if (content != null) {
        content.closed();
      }
    }
  }

  /**
   * Whatever is under way but WebSocket connections ends now: only clients that are being told of
   * an end are waited for.
   */
  void giveUpRequests() {
    for (Http2Stream stream : active()) {
      Http2Content content = content(stream);
      if (content == null || !content.isWebSocket()) {
        connection.reset(stream, INTERNAL_ERROR);
      }
    }
  }

  private List<Http2Stream> active() {
    List<Http2Stream> active = new ArrayList<>();
    try {
      connection.connection().forEachActiveStream(active::add);
    } catch (Http2Exception e) {
      throw new IllegalStateException("a visitor throws nothing", e);
    }
    return active;
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    Http2Content content = content(stream);
    if (content != null) {
      content.closed();
    }
    connection.streamClosed(content != null && !content.isRefused());
  }

  @Override
  public void writabilityChanged(Http2Stream stream) {
    Http2Content content = content(stream);
    Http2Exchange exchange = content == null ? null : content.exchange();
    if (exchange != null) {
      exchange.writabilityChanged(connection.isWritable(stream));
    }
  }
}
