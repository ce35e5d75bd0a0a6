package io.portico.transport.listener;

import static io.netty.handler.codec.http2.Http2Error.INTERNAL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.NO_ERROR;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.HttpResponse.Completion;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.body.ContentSink;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.body.MemoryContent;
import io.portico.transport.loop.Deadline;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.wire.Http2ResponseHead;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request that came by HTTP/2 being answered on its stream. Content goes out as far as the
 * client's window reaches; a streamed body is paused when it does not.
 */
// What fails on a stream ends in lost.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Exchange extends Exchange implements ContentSink {
  /** A body up to this size is left with the codec at once. */
  private static final int ONE_PIECE = 16 * 1024;

  private final Http2Connection connection;
  private final Http2Content content;
  private final Http2Stream stream;
  private final boolean head;

  /** What the answer is streamed from, while it is. */
  private @Nullable IncomingBody source;

  private boolean sourcePaused;

  /** What is left of a body in memory, while it goes out. */
  private @Nullable MemoryContent rest;

  private boolean begun;
  private boolean ended;
  private boolean lost;
  private long bodyBytes;
  private Completion completion = Completion.IGNORED;

  /** Set while the client's window keeps the answer from going on; made when it does first. */
  private @Nullable Deadline stall;

  Http2Exchange(Http2Connection connection, Http2Content content, HttpRequest request) {
    super(connection.loop(), connection.handler(), request);
    this.connection = connection;
    this.content = content;
    this.stream = content.stream();
    this.head = request.method().equals("HEAD");
  }

  /** Whether the head of the answer is on its way. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  Parting parting() {
    return connection.webSockets().parting();
  }

  @Override
  void returned() {
    connection.returned();
  }

  @Override
  void answer(HttpResponse answer) {
    if (answer.upgrade() != null) {
      upgrade(answer, answer.upgrade());
      return;
    }
    Body body = answer.body();
    checkBody(body);
    boolean bodiless = head || answer.status() == 204 || answer.status() == 304;
    Http2ResponseHead writer = connection.responseHead();
    writer.response(answer.status()).fields(answer.headers());
    if (!answer.headers().contains("Date")) {
      writer.date(connection.date());
    }
    long length = bodiless ? lengthWithoutBody(answer) : body.length();
    if (length >= 0) {
      writer.contentLength(length);
    }
    begun = true;
    completion = answer.completion();
    if (bodiless && body instanceof Body.Streamed unread) {
      unread.discard();
    }
    write(writer, bodiless ? Body.EMPTY : body);
  }

  /** What follows the head on the stream is WebSocket. */
  private void upgrade(HttpResponse answer, WebSocketUpgrade upgrade) {
    Handshake handshake = Handshake.of(request(), upgrade);
    Http2ResponseHead writer = connection.responseHead();
    writer.response(200).fields(handshake.fields(answer.headers()));
    if (!answer.headers().contains("Date")) {
      writer.date(connection.date());
    }
    begun = true;
    ended = true;
    ChannelPromise written = connection.promise();
    written.addListener(f -> answer.completion().finished(0, f.isSuccess()));
    connection.writeHead(stream, writer.end(), false, written);
    content.speakWebSocket(handshake);
  }

  private void write(Http2ResponseHead writer, Body body) {
    boolean whole = body instanceof Body.Empty;
    ChannelPromise written = whole ? last() : connection.promise();
    connection.writeHead(stream, writer.end(), whole, written);
    switch (body) {
      case Body.Empty _ -> afterLast();
      case Body.Buffered(byte[] bytes) when bytes.length <= ONE_PIECE -> {
        bodyBytes = bytes.length;
        writeLast(connection.alloc().directBuffer(bytes.length).writeBytes(bytes));
      }
      case Body.Buffered(byte[] bytes) -> {
        rest = new MemoryContent(bytes);
        writeRest();
      }
      case IncomingBody arriving -> {
        source = arriving;
        arriving.transferTo(this);
      }
      case Body.Streamed foreign ->
          throw new IllegalStateException("not a stream of this transport: " + foreign.getClass());
      case Body.Produced _ -> throw new IllegalStateException("sent as a stream, see Exchange");
    }
  }

  /** Goes on with a body in memory for as long as the client's window reaches. */
  private void writeRest() {
    MemoryContent memory = rest;
    while (memory != null && !ended && connection.isWritable(stream)) {
      ByteBuf slice = memory.next(connection.alloc());
      bodyBytes += slice.readableBytes();
      if (memory.isDone()) {
        rest = null;
        writeLast(slice);
        return;
      }
      send(slice, false, connection.promise());
    }
  }

  private void send(ByteBuf bytes, boolean last, ChannelPromise written) {
    connection.writeData(stream, bytes, last, written);
    if (!connection.isWritable(stream)) {
      // Nobody says so of a window that was closed from the beginning.
      stall();
    }
  }

  /** The client's window, or its connection, takes more or no more. */
  void writabilityChanged(boolean writable) {
    if (!writable) {
      if (begun) {
        stall();
      }
      return;
    }
    if (stall != null) {
      stall.clear();
    }
    if (rest != null) {
      // Not within the codec's own round.
      loop().execute(this::writeRest);
    } else if (sourcePaused && source != null) {
      sourcePaused = false;
      source.resume();
    }
  }

  private void stall() {
    Deadline deadline = stall;
    if (deadline == null) {
      deadline = Deadline.calling(loop(), () -> connection.reset(stream, INTERNAL_ERROR));
      stall = deadline;
    }
    if (!deadline.isSet()) {
      deadline.in(connection.config().bodyTimeout().toNanos());
    }
  }

  @Override
  public void take(ByteBuf bytes) {
    int count = bytes.readableBytes();
    if (ended || count == 0) {
      bytes.release();
      return;
    }
    bodyBytes += count;
    send(bytes, false, connection.promise());
    if (!sourcePaused && source != null && !connection.isWritable(stream)) {
      sourcePaused = true;
      source.pause();
    }
  }

  @Override
  public void end() {
    if (!ended) {
      source = null;
      writeLast(connection.alloc().directBuffer(0));
    }
  }

  @Override
  public void fail(IOException cause) {
    if (!ended) {
      source = null;
      ended = true;
      try {
        brokeOff(cause, completion, bodyBytes);
      } finally {
        connection.reset(stream, INTERNAL_ERROR);
      }
    }
  }

  private void writeLast(ByteBuf bytes) {
    send(bytes, true, last());
    afterLast();
  }

  /** Tells when the last of the answer is out. */
  private ChannelPromise last() {
    ended = true;
    ChannelPromise written = connection.promise();
    written.addListener((ChannelFuture f) -> out(f.isSuccess()));
    return written;
  }

  private void out(boolean complete) {
    if (stall != null) {
      stall.clear();
    }
    completion.finished(bodyBytes, complete);
    if (complete && content.isArriving() && !content.endsSoon()) {
      // RFC 9113, 8.1: the answer is whole, and the rest of the request is not wanted.
      connection.reset(stream, NO_ERROR);
    }
  }

  private void afterLast() {
    content.discardUntaken();
  }

  private void finish(boolean complete) {
    ended = true;
    if (stall != null) {
      stall.clear();
    }
    completion.finished(bodyBytes, complete);
  }

  /** The stream is closed. */
  void lost() {
    if (stall != null) {
      stall.clear();
    }
    if (ended || lost) {
      return;
    }
    lost = true;
    cancel();
    rest = null;
    IncomingBody unread = source;
    source = null;
    if (unread != null) {
      unread.abandon();
    }
    if (begun) {
      finish(false);
    }
  }
}
