package io.portico.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import io.portico.transport.wire.FrameWatch;
import io.portico.transport.wire.Http2Codec;
import io.portico.transport.wire.Http2RequestWriter;
import io.portico.transport.wire.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a backend that speaks HTTP/2: many calls at once, each on a {@link SharedStream}.
 * Netty's codec keeps streams, windows and header tables; here calls begin, and whoever floods is
 * left. Belongs to its loop.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class SharedConnection extends Http2ConnectionHandler implements BackendConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SharedConnection.class);

  private static final long PING = 0x706f727469636fL;

  /** Bytes that wait for a backend which does not read, before it gets no further calls. */
  private static final long MOST_UNSENT = 512 * 1024;

  /** No stream has a higher number (RFC 9113, 5.1.1). */
  private static final int LAST_STREAM = Integer.MAX_VALUE;

  /**
   * Frames that may be under way on a stream when it is reset: its window in pieces of half a
   * kilobyte. The codec has forgotten the stream by the time they come.
   */
  private static final int LATE_FRAMES = 512;

  private final Loop loop;
  private final OriginPool pool;
  private final Http2Codec codec;
  private final Http2RequestWriter writer = Scratch.ofThread().http2Writer();
  private final SharedStreams streams;
  private final Heartbeat heartbeat;
  private final ResetWatch resets = new ResetWatch();
  private final Deadline greeting;

  /** Hears that the backend has greeted, or that it has not; until then. */
  private Connector.@Nullable Outcome outcome;

  /** Calls whose answers came with the bytes just read. */
  private final List<SharedStream> answered = new ArrayList<>();

  /** Most calls at once, whatever the backend says it takes. */
  private final int limit;

  /** Most calls at once for now. */
  private int most;

  private @Nullable ChannelHandlerContext context;
  private boolean used;
  private boolean leaving;
  private boolean closed;
  private boolean roomTold;
  private long framesHeard;
  private long lateFrames;
  private @Nullable Throwable cause;

  SharedConnection(
      Loop loop,
      OriginPool pool,
      UpstreamConfig config,
      UpstreamHttp2 http2,
      Http2Codec codec,
      Connector.Outcome outcome) {
    super(codec.decoder(), codec.encoder(), codec.settings(), true);
    this.loop = loop;
    this.pool = pool;
    this.codec = codec;
    this.outcome = outcome;
    this.limit = http2.limits().streams();
    this.most = limit;
    this.streams = new SharedStreams(this, connection());
    codec.serve(streams);
    heartbeat = new Heartbeat(this, config.idleTimeout().toNanos(), http2.silence().toNanos());
    greeting = Deadline.calling(loop, this::silent);
    greeting.in(config.tlsTimeout().toNanos());
  }

  Loop loop() {
    return loop;
  }

  ByteBufAllocator alloc() {
    return context().alloc();
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("no channel yet");
    }
    return context;
  }

  private ChannelPromise promise() {
    return context().newPromise();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    codec.openWindow();
  }

  /** The backend has told its settings, for the first time or anew. */
  void greeted() {
    Connector.Outcome waiting = outcome;
    outcome = null;
    if (waiting != null) {
      greeting.clear();
      heartbeat.resting();
      waiting.connected(this);
    } else {
      tellRoom();
    }
  }

  // Calls.

  boolean isOpen() {
    return !closed && context().channel().isActive();
  }

  @Override
  public boolean isUsable() {
    return room() > 0;
  }

  /** How many further calls it takes now. */
  int room() {
    if (leaving || !isOpen() || context().channel().bytesBeforeWritable() > MOST_UNSENT) {
      return 0;
    }
    Http2Connection.Endpoint<Http2LocalFlowController> own = connection().local();
    return Math.max(0, Math.min(most, own.maxActiveStreams()) - own.numActiveStreams());
  }

  /** Sends a call, for which there must be room. */
  void send(UpstreamCall call) {
    UpstreamRequest request = call.request();
    Http2Headers head;
    try {
      head = head(request);
    } catch (IllegalArgumentException | IllegalStateException e) {
      call.fail(e);
      return;
    }
    Http2Stream stream;
    try {
      int id = connection().local().incrementAndGetNextStreamId();
      stream = connection().local().createStream(id, false);
      leaving |= id == LAST_STREAM;
    } catch (Http2Exception e) {
      throw new IllegalStateException("no stream where there is room for one", e);
    }
    SharedStream carrier = new SharedStream(this, stream, call, used);
    streams.put(stream, carrier);
    used = true;
    heartbeat.calling();
    codec.watch().sentRequest();
    boolean whole = request.body() instanceof Body.Empty;
    encoder().writeHeaders(context(), stream.id(), head, 0, whole, promise());
    loop.flushSoon(context().channel());
    carrier.begin();
  }

  private Http2Headers head(UpstreamRequest request) {
    Body body = request.body();
    if (body instanceof Body.Streamed stream
        && (!(stream instanceof IncomingBody arriving) || arriving.isTaken())) {
      throw new IllegalArgumentException("no body that this transport could send: " + body);
    }
    writer
        .request(request.method(), request.target())
        .fields(request.headers(), request.origin().authority());
    if (body.length() > 0 || (body.length() == 0 && RequestSender.expectsLength(request))) {
      writer.contentLength(body.length());
    }
    return writer.end();
  }

  /** The backend refused a stream: it takes no more at once than it has, until it has none. */
  void refused() {
    most = Math.max(1, connection().local().numActiveStreams() - 1);
  }

  /** An answer's head has arrived; the call gets it once the bytes at hand are looked through. */
  void answered(SharedStream call) {
    answered.add(call);
  }

  private void handOverAnswers() {
    answered.forEach(SharedStream::handOver);
    answered.clear();
  }

  /** A stream is closed: others may begin. */
  void streamClosed() {
    if (connection().numActiveStreams() == 0 && !closed) {
      most = limit;
      if (leaving) {
        loop.execute(this::close);
      } else {
        heartbeat.resting();
      }
    }
    tellRoom();
  }

  private void tellRoom() {
    if (!roomTold) {
      roomTold = true;
      // Not within the codec's own round.
      loop.execute(
          () -> {
            roomTold = false;
            pool.roomIn(this);
          });
    }
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    if (closed) {
      in.release();
      return;
    }
    resets.heard();
    FrameWatch watch = codec.watch();
    String excess = watch.see(in, System.nanoTime());
    if (excess != null) {
      in.release();
      violated("too many " + excess);
      return;
    }
    if (!watch.isWaiting() || watch.frames() != framesHeard) {
      framesHeard = watch.frames();
      heartbeat.heard();
    }
    super.channelRead(ctx, in);
    handOverAnswers();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    if (connection().numActiveStreams() > 0) {
      resets.waiting(ctx.channel());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    super.channelWritabilityChanged(ctx);
    if (ctx.channel().isWritable()) {
      tellRoom();
    }
  }

  /** Bytes of a stream's content have been taken. */
  void giveBack(Http2Stream stream, int bytes) {
    try {
      if (bytes > 0 && decoder().flowController().consumeBytes(stream, bytes)) {
        loop.flushSoon(context().channel());
      }
    } catch (Http2Exception e) {
      onError(context(), false, e);
    }
  }

  // Writing.

  boolean isWritable(Http2Stream stream) {
    return encoder().flowController().isWritable(stream);
  }

  void writeData(Http2Stream stream, ByteBuf bytes, boolean last) {
    encoder().writeData(context(), stream.id(), bytes, 0, last, promise());
    loop.flushSoon(context().channel());
  }

  /** Nothing on a stream is wanted any more. */
  void reset(Http2Stream stream) {
    if (stream.state() != Http2Stream.State.CLOSED && !stream.isResetSent()) {
      lateFrames += LATE_FRAMES;
      encoder().writeRstStream(context(), stream.id(), Http2Error.CANCEL.code(), promise());
      loop.flushSoon(context().channel());
    }
  }

  /** Asks the backend whether it is there. */
  void ask() {
    encoder().writePing(context(), false, PING, promise());
    loop.flushSoon(context().channel());
  }

  // The end.

  /** The backend takes no further calls. */
  void left() {
    leaving = true;
    if (connection().numActiveStreams() == 0) {
      loop.execute(this::close);
    }
  }

  /** Nobody has used it for long. */
  void leave() {
    leaving = true;
    goAway(Http2Error.NO_ERROR);
    close();
  }

  /** The backend says nothing any more. */
  void silent() {
    cause = new IOException("the backend does not answer");
    close();
  }

  @Override
  public void close() {
    closed = true;
    // TLS has a last word to say; nobody needs to wait for it, nor for a loop that ends before.
    streams.failAll(lost("the connection is closed"));
    context().close();
  }

  /** The backend breaks the rules, or does more than anyone who keeps to them has a use for. */
  private void violated(String what) {
    onError(
        context(), false, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "%s", what));
  }

  private void goAway(Http2Error reason) {
    goAway(
        context(),
        connection().remote().lastStreamCreated(),
        reason.code(),
        Unpooled.EMPTY_BUFFER,
        promise());
    context().flush();
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable thrown,
      Http2Exception.StreamException error) {
    Http2Stream stream = connection().stream(error.streamId());
    boolean ended = stream == null || stream.state() == Http2Stream.State.CLOSED;
    if (ended && outbound) {
      // What was to go out on it is given up.
      return;
    }
    if (stream == null) {
      // What was under way when it was reset may come.
      if (--lateFrames < 0) {
        violated("frames on streams that have ended");
      }
      return;
    }
    LOG.debug("{}: a stream ends", pool.origin().authority(), error);
    streams.broken(stream, String.valueOf(error.getMessage()));
    lateFrames += LATE_FRAMES;
    if (!outbound && !codec.watch().mayBeReset(System.nanoTime())) {
      violated("too many broken answers");
      return;
    }
    super.onStreamError(ctx, outbound, thrown, error);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable thrown,
      @Nullable Http2Exception error) {
    if (closed) {
      return;
    }
    if (error == null && !(thrown instanceof IOException)) {
      LOG.error("A connection to {} ends", pool.origin().authority(), thrown);
    } else {
      LOG.debug("A connection to {} ends", pool.origin().authority(), thrown);
    }
    cause = thrown;
    closed = true;
    if (error != null) {
      streams.failAll(
          new UpstreamException(
              Reason.INVALID_RESPONSE,
              pool.origin().authority() + ": " + error.getMessage(),
              error));
    }
    goAway(error == null ? Http2Error.INTERNAL_ERROR : error.error());
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    closed = true;
    greeting.clear();
    heartbeat.clear();
    pool.closed(this);
    super.channelInactive(ctx);
    handOverAnswers();
    Connector.Outcome waiting = outcome;
    outcome = null;
    if (waiting != null) {
      waiting.failed(lost("the connection ended before HTTP/2 began"));
    }
  }

  /** Says that the backend is gone, or that it was left for what it sent. */
  UpstreamException lost(String message) {
    Reason reason =
        cause instanceof Http2Exception ? Reason.INVALID_RESPONSE : Reason.CONNECTION_LOST;
    return new UpstreamException(reason, pool.origin().authority() + ": " + message, cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    if (thrown instanceof Http2Exception) {
      onError(ctx, false, thrown);
      return;
    }
    cause = thrown;
    if (!(thrown instanceof IOException)) {
      LOG.debug("A connection to {} ends", pool.origin().authority(), thrown);
    }
    closed = true;
    ctx.close();
  }
}
