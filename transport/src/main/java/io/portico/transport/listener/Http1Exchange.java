package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.HttpResponse.Completion;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.body.ContentSink;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.body.MemoryContent;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.wire.ChunkFraming;
import io.portico.transport.wire.HeadWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request that came by HTTP/1.1 (or 1.0) being answered. Bodies in memory go out in slices while
 * the client reads; a streamed body is spliced from its connection to this one and pauses it when
 * the client does not keep up.
 */
final class Http1Exchange extends Exchange implements ContentSink {
  /** A body up to this size goes out with its head in one piece. */
  private static final int ONE_PIECE = 16 * 1024;

  private final Http1Connection connection;
  private final boolean head;

  /** What the answer is streamed from, while it is. */
  private @Nullable IncomingBody source;

  private boolean sourcePaused;
  private boolean chunked;

  /** What is left of a body in memory, while it goes out. */
  private @Nullable MemoryContent rest;

  private boolean begun;
  private boolean ended;
  private long bodyBytes;
  private Completion completion = Completion.IGNORED;

  Http1Exchange(Http1Connection connection, HttpHandler handler, HttpRequest request) {
    super(connection.loop(), handler, request);
    this.connection = connection;
    this.head = request.method().equals("HEAD");
  }

  /** Whether the head of the answer is on its way. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  void answer(HttpResponse answer) {
    if (answer.upgrade() != null) {
      upgrade(answer, answer.upgrade());
      return;
    }
    Body body = answer.body();
    checkBody(body);
    chunked = false;
    boolean bodiless = head || answer.status() == 204 || answer.status() == 304;
    boolean http10 = request().protocol().equals("HTTP/1.0");
    boolean untilClose = !bodiless && http10 && body instanceof Body.Streamed && body.length() < 0;
    boolean close = connection.closesAfter(untilClose);
    HeadWriter writer = connection.scratch().writer();
    writer.response(answer.status()).fields(answer.headers());
    if (!answer.headers().contains("Date")) {
      writer.date(connection.date());
    }
    long length = bodiless ? lengthWithoutBody(answer) : body.length();
    if (length >= 0) {
      writer.contentLength(length);
    } else if (!bodiless && !http10) {
      chunked = true;
      writer.chunked();
    }
    // AWS: Connection is said in every answer, as the default is too; source: recorded, facts
    // RSP-01.
    if (close) {
      writer.close();
    } else {
      writer.keepAlive();
    }
    writer.end();
    begun = true;
    completion = answer.completion();
    if (bodiless && body instanceof Body.Streamed stream) {
      stream.discard();
    }
    write(writer, bodiless ? Body.EMPTY : body);
  }

  /** What follows the head is WebSocket. */
  private void upgrade(HttpResponse answer, WebSocketUpgrade upgrade) {
    HeadWriter writer = connection.scratch().writer();
    Handshake handshake = Handshake.of(request(), upgrade);
    writer.response(101).fields(handshake.fields(answer.headers()));
    if (!answer.headers().contains("Date")) {
      writer.date(connection.date());
    }
    writer.upgrade().end();
    begun = true;
    ended = true;
    ChannelPromise written = connection.context().newPromise();
    written.addListener(f -> answer.completion().finished(0, f.isSuccess()));
    connection.write(piece(connection.context(), writer, 0), written);
    connection.speakWebSocket(handshake);
  }

  private void write(HeadWriter writer, Body body) {
    ChannelHandlerContext context = connection.context();
    switch (body) {
      case Body.Empty _ -> writeLast(context, piece(context, writer, 0));
      case Body.Buffered(byte[] bytes) when bytes.length <= ONE_PIECE -> {
        ByteBuf piece = piece(context, writer, bytes.length);
        piece.writeBytes(bytes);
        bodyBytes = bytes.length;
        writeLast(context, piece);
      }
      case Body.Buffered(byte[] bytes) -> {
        connection.write(piece(context, writer, 0));
        rest = new MemoryContent(bytes);
        writeRest();
      }
      case IncomingBody stream -> {
        connection.write(piece(context, writer, 0));
        source = stream;
        stream.transferTo(this);
      }
      case Body.Streamed foreign ->
          throw new IllegalStateException("not a stream of this transport: " + foreign.getClass());
      case Body.Produced _ -> throw new IllegalStateException("sent as a stream, see Exchange");
    }
  }

  private static ByteBuf piece(ChannelHandlerContext context, HeadWriter writer, int body) {
    ByteBuf piece = context.alloc().directBuffer(writer.length() + body);
    writer.writeTo(piece);
    return piece;
  }

  /** Goes on with a body in memory for as long as the client reads. */
  private void writeRest() {
    MemoryContent content = rest;
    ChannelHandlerContext context = connection.context();
    while (content != null && context.channel().isWritable()) {
      ByteBuf slice = content.next(context.alloc());
      bodyBytes += slice.readableBytes();
      if (content.isDone()) {
        rest = null;
        writeLast(context, slice);
        return;
      }
      connection.write(slice);
    }
  }

  /** The client can take more. */
  void writable() {
    if (rest != null) {
      writeRest();
    } else if (sourcePaused && source != null) {
      sourcePaused = false;
      source.resume();
    }
  }

  @Override
  public void take(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (ended || count == 0) {
      bytes.release();
      return;
    }
    if (chunked) {
      connection.write(ChunkFraming.before(connection.context().alloc(), count, bodyBytes == 0));
    }
    bodyBytes += count;
    connection.write(bytes);
    if (!sourcePaused && source != null && !connection.context().channel().isWritable()) {
      sourcePaused = true;
      source.pause();
    }
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    source = null;
    ChannelHandlerContext context = connection.context();
    writeLast(
        context,
        chunked
            ? ChunkFraming.last(context.alloc(), bodyBytes == 0)
            : context.alloc().directBuffer(0));
  }

  @Override
  public void fail(IOException cause) {
    if (ended) {
      return;
    }
    source = null;
    ended = true;
    try {
      brokeOff(cause, completion, bodyBytes);
    } finally {
      connection.abort();
    }
  }

  private void writeLast(ChannelHandlerContext context, ByteBuf bytes) {
    ended = true;
    if (completion.equals(Completion.IGNORED)) {
      connection.write(bytes);
    } else {
      Completion listener = completion;
      long count = bodyBytes;
      ChannelPromise written = context.newPromise();
      written.addListener((ChannelFuture f) -> listener.finished(count, f.isSuccess()));
      connection.write(bytes, written);
    }
    connection.answered();
  }

  @Override
  Parting parting() {
    return connection.parting;
  }

  private void finish(boolean complete) {
    ended = true;
    completion.finished(bodyBytes, complete);
  }

  /** The connection is gone, or given up. */
  void lost() {
    cancel();
    rest = null;
    IncomingBody stream = source;
    source = null;
    if (stream != null) {
      stream.abandon();
    }
    if (begun && !ended) {
      finish(false);
    }
  }
}
