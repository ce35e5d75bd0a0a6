package io.portico.transport.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.HttpHandler;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import io.portico.transport.websocket.ServerConnection;
import io.portico.transport.wire.FrameWatch;
import io.portico.transport.wire.Http2Codec;
import io.portico.transport.wire.Http2ResponseHead;
import io.portico.transport.wire.HttpDate;
import io.portico.transport.wire.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's HTTP/2 connection: Netty's codec keeps streams, windows and header tables; here
 * requests begin and answers leave, and whoever floods is shown the door. Belongs to its loop's
 * thread.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Connection extends Http2ConnectionHandler implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

  private final HttpListener listener;
  private final Loop loop;
  private final ClientConnection client;
  private final @Nullable SslHandler tls;
  private final HttpDate date;
  private final Http2Codec codec;
  private final FrameWatch watch;
  private final Http2Streams streams;
  private final Http2ResponseHead head = Scratch.ofThread().http2Head();
  private final ResetWatch resets = new ResetWatch();

  private final Deadline headDeadline;
  private final Deadline idleDeadline;
  private final Deadline writeDeadline;
  private final Http2Goodbye goodbye;
  private final Http2WebSockets webSockets;

  /** Requests whose frames came with the bytes just read. */
  private final List<Http2Content> arrivals = new ArrayList<>();

  /** Requests whose streams are not closed. */
  private int open;

  /** Handlers that have not returned, those that nobody waits for any more included. */
  private int running;

  /** Requests whose content is on its way. */
  private int arriving;

  private @Nullable ChannelHandlerContext context;
  private long framesSeen;
  private boolean ending;
  private boolean over;

  Http2Connection(
      HttpListener listener,
      Loop loop,
      ClientConnection client,
      @Nullable SslHandler tls,
      Http2Codec codec) {
    super(codec.decoder(), codec.encoder(), codec.settings(), true);
    this.listener = listener;
    this.loop = loop;
    this.client = client;
    this.tls = tls;
    this.codec = codec;
    this.watch = codec.watch();
    this.date = listener.date(loop);
    gracefulShutdownTimeoutMillis(listener.config().lingerTimeout().toMillis());
    headDeadline = Deadline.calling(loop, () -> violated("a frame that does not end"));
    idleDeadline = Deadline.calling(loop, () -> end(Http2Error.NO_ERROR));
    writeDeadline = Deadline.calling(loop, this::lose);
    goodbye = new Http2Goodbye(this, this::endInGoodOrder);
    webSockets = new Http2WebSockets(loop, () -> listener.closed(this));
    streams = new Http2Streams(this);
    codec.serve(streams);
  }

  @Override
  public Loop loop() {
    return loop;
  }

  ListenerConfig config() {
    return listener.config();
  }

  HttpHandler handler() {
    return listener.handler();
  }

  ClientConnection client() {
    return client;
  }

  Http2WebSockets webSockets() {
    return webSockets;
  }

  Http2ResponseHead responseHead() {
    return head;
  }

  byte[] date() {
    return date.text(System.currentTimeMillis());
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not active yet");
    }
    return context;
  }

  ByteBufAllocator alloc() {
    return context().alloc();
  }

  ChannelPromise promise() {
    return context().newPromise();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    codec.openWindow();
    idleDeadline.in(config().headerTimeout().toNanos());
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    ByteBuf in = (ByteBuf) message;
    if (over) {
      in.release();
      return;
    }
    resets.heard();
    String excess = watch.see(in, System.nanoTime());
    if (excess != null) {
      in.release();
      violated("too many " + excess);
      return;
    }
    super.channelRead(ctx, in);
    startArrivals();
    timeHead();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    if (!over && (arriving > 0 || watch.isWaiting() || connection().numActiveStreams() == 0)) {
      resets.waiting(ctx.channel());
    }
  }

  /** A frame other than DATA and a block of header fields may take so long and no longer. */
  private void timeHead() {
    if (!watch.isWaiting()) {
      headDeadline.clear();
    } else if (!headDeadline.isSet() || framesSeen != watch.frames()) {
      framesSeen = watch.frames();
      headDeadline.in(config().headerTimeout().toNanos());
    }
  }

  /**
   * A request has begun; the handler gets it once the bytes at hand are looked through.
   *
   * @return false if there are too many
   */
  boolean arrived(Http2Content content) {
    idleDeadline.clear();
    if (++open > config().http2().streams()) {
      return false;
    }
    arrivals.add(content);
    return true;
  }

  /** A request's content begins to arrive. */
  void contentBegins() {
    arriving++;
  }

  /** A request's content has come to its end, good or bad. */
  void contentEnds() {
    arriving--;
  }

  private void startArrivals() {
    for (int i = 0; i < arrivals.size() && !over; i++) {
      Http2Content content = arrivals.get(i);
      if (content.stream().state() == Http2Stream.State.CLOSED) {
        continue;
      }
      if (running >= config().http2().streams()) {
        // Those that were reset still run: no one gets more done by resetting.
        encoder()
            .writeRstStream(
                context(), content.stream().id(), Http2Error.REFUSED_STREAM.code(), promise());
      } else {
        running++;
        content.start();
      }
    }
    arrivals.clear();
  }

  /** A handler has returned. */
  void returned() {
    running--;
  }

  /** Bytes of a stream's content have been taken. */
  void giveBack(Http2Stream stream, int bytes) {
    try {
      if (decoder().flowController().consumeBytes(stream, bytes)) {
        flushSoon();
      }
    } catch (Http2Exception e) {
      onError(context(), false, e);
    }
  }

  /** The client has told its settings. */
  void greeted() {
    if (connection().numActiveStreams() == 0) {
      awaitNext();
    }
  }

  private void awaitNext() {
    idleDeadline.roughlyIn(config().keepAliveTimeout().toNanos());
  }

  /** A stream is closed, on which a request arrived or not. */
  void streamClosed(boolean request) {
    if (request) {
      open--;
    }
    if (connection().numActiveStreams() > 0 || over) {
      return;
    }
    if (ending) {
      closeSoon();
    } else {
      awaitNext();
    }
  }

  // Writing.

  private void flushSoon() {
    loop.flushSoon(context().channel());
    if (!context().channel().isWritable() && !writeDeadline.isSet()) {
      writeDeadline.in(config().bodyTimeout().toNanos());
    }
  }

  boolean isWritable(Http2Stream stream) {
    return encoder().flowController().isWritable(stream);
  }

  void writeHead(Http2Stream stream, Http2Headers fields, boolean last, ChannelPromise written) {
    encoder().writeHeaders(context(), stream.id(), fields, 0, last, written);
    flushSoon();
  }

  void writeData(Http2Stream stream, ByteBuf bytes, boolean last, ChannelPromise written) {
    encoder().writeData(context(), stream.id(), bytes, 0, last, written);
    flushSoon();
  }

  void writeContinue(Http2Stream stream) {
    writeHead(stream, head.response(100).end(), false, promise());
  }

  /**
   * Answers in place of the handler.
   *
   * @param reason what the client sent
   */
  void refuse(Http2Content content, int status, String reason) {
    Http2Exchange exchange = content.exchange();
    if (exchange != null && exchange.hasBegun()) {
      reset(content.stream(), Http2Error.INTERNAL_ERROR);
      return;
    }
    content.closed();
    if (exchange == null) {
      handler().refused(content.unread(status, reason));
    }
    Refusal.write(status, this, content.stream());
  }

  /**
   * Ends a stream at once: without an error where only the rest of a request is not wanted, else as
   * one whose answer cannot be completed.
   */
  void reset(Http2Stream stream, Http2Error reason) {
    if (stream.state() != Http2Stream.State.CLOSED) {
      encoder().writeRstStream(context(), stream.id(), reason.code(), promise());
      flushSoon();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    if (ctx.channel().isWritable()) {
      if (!over) {
        writeDeadline.clear();
      }
    } else if (!writeDeadline.isSet()) {
      writeDeadline.in(config().bodyTimeout().toNanos());
    }
    super.channelWritabilityChanged(ctx);
  }

  // The end.

  @Override
  public void drain() {
    if (!goodbye.isSaid() && !over) {
      goodbye.say(context());
      flushSoon();
      webSockets.drain();
    }
  }

  @Override
  public boolean giveWay() {
    if (ending || over || connection().numActiveStreams() > 0) {
      return false;
    }
    end(Http2Error.NO_ERROR);
    context().close();
    return true;
  }

  /** The client has answered a PING. */
  void pinged(long data) {
    goodbye.pinged(data);
  }

  private void endInGoodOrder() {
    if (!ending) {
      end(Http2Error.NO_ERROR);
    }
  }

  /** Takes no more requests and closes once those under way are answered. */
  private void end(Http2Error reason) {
    ending = true;
    goAway(
        context(),
        connection().remote().lastStreamCreated(),
        reason.code(),
        Unpooled.EMPTY_BUFFER,
        promise());
    flushSoon();
    if (connection().numActiveStreams() == 0) {
      closeSoon();
    }
  }

  /**
   * Ends the sending side and waits for the client to end its own: a close with unread input would
   * take back what was sent last.
   */
  private void closeSoon() {
    over = true;
    headDeadline.clear();
    idleDeadline.clear();
    goodbye.clear();
    writeDeadline.in(config().lingerTimeout().toNanos());
    ConnectionEnd.endOutput(context(), tls);
  }

  /** The client breaks the rules, or does more than anyone who keeps to them has a use for. */
  private void violated(String what) {
    LOG.debug("{} sent {}", client.remoteIp(), what);
    onError(
        context(), false, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "%s", what));
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    LOG.debug("{}: a stream ends", client.remoteIp(), error);
    if (!outbound && !watch.mayBeReset(System.nanoTime())) {
      violated("too many broken requests");
      return;
    }
    if (!outbound && streams.refusesLong(error, codec)) {
      return;
    }
    super.onStreamError(ctx, outbound, cause, error);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    if (over) {
      return;
    }
    over = true;
    if (cause instanceof IOException) {
      LOG.debug("{} is lost", client.remoteIp(), cause);
      if (ctx.channel().isActive()) {
        lose();
      }
      return;
    }
    if (error == null) {
      LOG.error("A connection of {} ends with an exception", client.remoteIp(), cause);
    } else {
      LOG.debug("A connection of {} ends", client.remoteIp(), error);
    }
    Http2Error reason = error == null ? Http2Error.INTERNAL_ERROR : error.error();
    goAway(
        ctx,
        connection().remote().lastStreamCreated(),
        reason.code(),
        Unpooled.EMPTY_BUFFER,
        promise());
    arrivals.clear();
    streams.giveUp();
    closeSoon();
  }

  @Override
  public void abort() {
    if (!webSockets.abort()) {
      lose();
      return;
    }
    streams.giveUpRequests();
    flushSoon();
    Deadline.calling(loop, this::lose).in(ServerConnection.GRACE.toNanos());
  }

  private void lose() {
    ConnectionEnd.reset(context(), tls);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    over = true;
    super.channelInactive(ctx);
    headDeadline.clear();
    idleDeadline.clear();
    writeDeadline.clear();
    goodbye.clear();
    webSockets.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (ConnectionEnd.isLoss(cause)) {
      LOG.debug("{} is lost", client.remoteIp(), cause);
      lose();
    } else {
      onError(ctx, false, cause);
    }
  }
}
