package io.portico.transport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.util.AsciiString;
import java.util.Set;

/**
 * Writes frames as Netty's does, with fewer buffers and promises for the usual ones: a header block
 * that fits a frame, and content without padding.
 */
// The caller's promise tells of what comes last.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FrameWriter extends DefaultHttp2FrameWriter {
  private static final int HEADER = 9;
  private static final int FIRST_CAPACITY = 256;

  /** Content up to this size is copied behind its frame's header. */
  private static final int MOST_COPIED = 4 * 1024;

  /**
   * Differ from message to message: in the table they would only drive others out. Those that
   * authenticate a client must not be there either, as the length of another client's request, sent
   * on the same connection, would tell of them (RFC 7541, 7.1).
   */
  private static final Set<CharSequence> NEVER_THE_SAME =
      Set.of(
          AsciiString.cached("x-amzn-requestid"),
          AsciiString.cached("x-amz-apigw-id"),
          AsciiString.cached("x-amzn-trace-id"),
          AsciiString.cached("etag"),
          AsciiString.cached("set-cookie"),
          AsciiString.cached(":path"),
          AsciiString.cached("authorization"),
          AsciiString.cached("cookie"),
          AsciiString.cached("x-amz-date"),
          AsciiString.cached("x-amz-security-token"),
          AsciiString.cached("x-api-key"));

  private final Http2HeadersEncoder headers;
  private final FrameWatch watch;

  public FrameWriter(FrameWatch watch) {
    this(watch, new DefaultHttp2HeadersEncoder((name, _) -> neverTheSame(name), true));
  }

  /** All names are of one class here, {@link AsciiString}. */
  @SuppressWarnings("CollectionUndefinedEquality")
  private static boolean neverTheSame(CharSequence name) {
    return NEVER_THE_SAME.contains(name);
  }

  private FrameWriter(FrameWatch watch, Http2HeadersEncoder headers) {
    super(headers);
    this.headers = headers;
    this.watch = watch;
  }

  @Override
  public ChannelFuture writeHeaders(
      ChannelHandlerContext context,
      int streamId,
      Http2Headers fields,
      int padding,
      boolean endStream,
      ChannelPromise promise) {
    ByteBuf block = context.alloc().directBuffer(FIRST_CAPACITY);
    try {
      block.writeZero(HEADER);
      headers.encodeHeaders(streamId, fields, block);
    } catch (Http2Exception | RuntimeException e) {
      block.release();
      return promise.setFailure(e);
    }
    int length = block.readableBytes() - HEADER;
    int most = maxFrameSize();
    if (length <= most) {
      header(block, length, Http2FrameTypes.HEADERS, endOfHeaders(endStream), streamId);
      return context.write(block, promise);
    }
    ByteBuf first = block.readRetainedSlice(HEADER + most);
    header(first, most, Http2FrameTypes.HEADERS, new Http2Flags().endOfStream(endStream), streamId);
    context.write(first, context.voidPromise());
    ChannelFuture last = promise;
    while (block.isReadable()) {
      int part = Math.min(most, block.readableBytes());
      boolean end = part == block.readableBytes();
      ByteBuf header = context.alloc().directBuffer(HEADER).writeZero(HEADER);
      header(
          header, part, Http2FrameTypes.CONTINUATION, new Http2Flags().endOfHeaders(end), streamId);
      context.write(header, context.voidPromise());
      last = context.write(block.readRetainedSlice(part), end ? promise : context.voidPromise());
    }
    block.release();
    return last;
  }

  private static Http2Flags endOfHeaders(boolean endStream) {
    return new Http2Flags().endOfHeaders(true).endOfStream(endStream);
  }

  @Override
  public ChannelFuture writeData(
      ChannelHandlerContext context,
      int streamId,
      ByteBuf data,
      int padding,
      boolean endStream,
      ChannelPromise promise) {
    int length = data.readableBytes();
    watch.sentData(length);
    if (padding != 0 || length > maxFrameSize()) {
      return super.writeData(context, streamId, data, padding, endStream, promise);
    }
    boolean copied = length <= MOST_COPIED;
    ByteBuf frame =
        context.alloc().directBuffer(copied ? HEADER + length : HEADER).writeZero(HEADER);
    header(frame, length, Http2FrameTypes.DATA, new Http2Flags().endOfStream(endStream), streamId);
    if (copied) {
      frame.writeBytes(data);
      data.release();
      return context.write(frame, promise);
    }
    context.write(frame, context.voidPromise());
    return context.write(data, promise);
  }

  private static void header(ByteBuf out, int length, byte type, Http2Flags flags, int streamId) {
    int at = out.readerIndex();
    out.setMedium(at, length);
    out.setByte(at + 3, type);
    out.setByte(at + 4, flags.value());
    out.setInt(at + 5, streamId);
  }
}
