package io.portico.transport.listener;

import static io.netty.handler.codec.ByteToMessageDecoder.MERGE_CUMULATOR;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import io.portico.transport.websocket.Handshake;
import io.portico.transport.wire.HttpDate;
import io.portico.transport.wire.MalformedMessageException;
import io.portico.transport.wire.RequestHeadReader;
import io.portico.transport.wire.Scratch;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's HTTP/1.1 connection: requests one after the other, the next not before the answer to
 * the last is out.
 *
 * <p>Whatever breaks the rules of framing gets one refusal, and then the connection ends. Belongs
 * to its loop's thread.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

  /** Bytes of further requests that are kept while one is being answered; then reading stops. */
  private static final int MOST_PIPELINED = 64 * 1024;

  private enum State {
    OPEN,
    LINGERING,
    CLOSED
  }

  private final HttpListener listener;
  private final Loop loop;
  private final HttpDate date;

  /** Null on a plain connection. */
  private final @Nullable SslHandler tls;

  private final RequestHeadReader head;
  private final ArrivingContent content;
  private final Scratch scratch = Scratch.ofThread();
  private final Pace pace;
  private final ResetWatch resets = new ResetWatch();
  private final Deadline readDeadline;
  private final Deadline writeDeadline;
  final Parting parting;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ClientConnection client;
  private State state = State.OPEN;

  /** Bytes that arrived and are not understood yet. */
  private @Nullable ByteBuf pending;

  private @Nullable Http1Exchange exchange;
  private boolean processing;
  private boolean headTimed;

  /** Whether the first bytes may still turn out to be HTTP/2's. */
  private boolean mayBeHttp2;

  private boolean persistent;
  private boolean pipelineFull;
  private boolean closing;

  /** A connection that is about to be active. */
  Http1Connection(HttpListener listener, Loop loop) {
    this(listener, loop, null, null);
  }

  /**
   * A connection that is active.
   *
   * @param client what is known of it
   * @param tls encrypts it
   */
  Http1Connection(
      HttpListener listener,
      Loop loop,
      @Nullable ClientConnection client,
      @Nullable SslHandler tls) {
    this.listener = listener;
    this.loop = loop;
    this.client = client;
    this.tls = tls;
    this.date = listener.date(loop);
    this.mayBeHttp2 = tls == null;
    this.head = new RequestHeadReader(listener.config().limits(), scratch, tls != null);
    this.pace = new Pace(listener.config().bodyTimeout(), listener.config().leastBodyRate());
    this.content = new ArrivingContent(this, listener.config().limits());
    this.readDeadline = Deadline.calling(loop, this::readTimedOut);
    this.writeDeadline = Deadline.calling(loop, this::abort);
    this.parting = new Parting(() -> listener.closed(this));
  }

  @Override
  public Loop loop() {
    return loop;
  }

  Scratch scratch() {
    return scratch;
  }

  byte[] date() {
    return date.text(System.currentTimeMillis());
  }

  ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "not active yet");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    if (client != null) {
      readDeadline.in(listener.config().headerTimeout().toNanos());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    SocketChannel channel = (SocketChannel) ctx.channel();
    InetSocketAddress remote = channel.remoteAddress();
    InetSocketAddress local = channel.localAddress();
    if (remote == null || local == null) {
      // Gone before it was looked at.
      state = State.CLOSED;
      ctx.close();
      return;
    }
    client = new ClientConnection(remote, local, null);
    if (listener.opened(this, remote.getAddress())) {
      readDeadline.in(listener.config().headerTimeout().toNanos());
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (state != State.OPEN) {
      in.release();
      return;
    }
    resets.heard();
    pending = pending == null ? in : MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (state == State.OPEN && (content.isArriving() || head.begun())) {
      resets.waiting(ctx.channel());
    }
  }

  /** Understands what there is, as far as the current request's state allows. */
  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      boolean progress = true;
      while (progress && pending != null && state == State.OPEN) {
        if (!pending.isReadable()) {
          dropPending();
        } else if (content.isArriving()) {
          progress = readContent(pending);
        } else if (exchange != null || !context().channel().isWritable()) {
          pipelineFull = pending.readableBytes() > MOST_PIPELINED;
          readingChanged();
          progress = false;
        } else {
          progress = readHead(pending);
        }
      }
    } catch (MalformedMessageException e) {
      LOG.debug("{} sent {}", client, e.getMessage());
      refuse(e.status(), e.reason());
    } finally {
      processing = false;
    }
    if (state != State.OPEN) {
      dropPending();
    }
  }

  private boolean readHead(ByteBuf in) throws MalformedMessageException {
    if (mayBeHttp2) {
      int matching = Http2Preface.matching(in);
      if (matching == Http2Preface.LENGTH) {
        speakHttp2();
        return false;
      }
      mayBeHttp2 = matching == in.readableBytes();
    }
    if (!mayBeHttp2 && head.read(in)) {
      begin(in);
      return true;
    }
    if (!headTimed) {
      headTimed = true;
      readDeadline.in(listener.config().headerTimeout().toNanos());
    }
    return false;
  }

  /** The client knows that HTTP/2 is spoken here (RFC 9113, 3.3). */
  private void speakHttp2() {
    leave(() -> listener.speakHttp2(this, context(), client(), null));
  }

  /** The answer that says so is written. */
  void speakWebSocket(Handshake handshake) {
    exchange = null;
    leave(() -> listener.speakWebSocket(this, context(), client(), tls, handshake));
  }

  /** What takes this connection's place gets what is not understood yet. */
  private void leave(Runnable replace) {
    ByteBuf bytes = pending;
    pending = null;
    state = State.CLOSED;
    readDeadline.clear();
    writeDeadline.clear();
    replace.run();
    if (bytes != null) {
      context().fireChannelRead(bytes);
    }
  }

  private void begin(ByteBuf in) throws MalformedMessageException {
    long now = System.nanoTime();
    headTimed = false;
    readDeadline.clear();
    persistent = head.persistent();
    Body body = content.begin(head, in);
    if (content.isArriving()) {
      pace.begin(now);
      awaitContent();
    }
    exchange = new Http1Exchange(this, listener.handler(), head.request(body, client(), now));
    head.reset();
    exchange.start();
  }

  /** The next bytes of the content may take so long and no longer, if they are wanted. */
  private void awaitContent() {
    long now = System.nanoTime();
    if (content.isWanted()) {
      pace.go(now);
      readDeadline.after(now, pace.left(now));
    } else if (content.isPaused()) {
      pace.stop(now);
      readDeadline.clear();
    }
  }

  private boolean readContent(ByteBuf in) throws MalformedMessageException {
    int before = in.readableBytes();
    boolean progress = content.read(in);
    pace.arrived(before - in.readableBytes());
    if (content.isArriving()) {
      awaitContent();
    } else {
      readDeadline.clear();
      if (exchange == null) {
        awaitNext();
      }
    }
    return progress;
  }

  private ClientConnection client() {
    return Objects.requireNonNull(client, "not active yet");
  }

  /** Whether {@code 100 Continue} still makes sense. */
  boolean mayContinue() {
    return state == State.OPEN && exchange != null && !exchange.hasBegun();
  }

  /** Reads from the channel or stops, as content and pipelined requests allow. */
  void readingChanged() {
    boolean reading = !content.isPaused() && !pipelineFull;
    if (reading != context().channel().config().isAutoRead()) {
      context().channel().config().setAutoRead(reading);
      if (reading && content.isArriving()) {
        resets.waiting(context().channel());
      }
    }
    if (content.isArriving()) {
      awaitContent();
    }
  }

  // What the exchange asks for.

  /**
   * Whether the connection ends with the answer whose head is being written: then the client is
   * told.
   *
   * @param untilClose whether only the connection's end says where the answer ends
   */
  boolean closesAfter(boolean untilClose) {
    closing |= untilClose || !persistent || listener.isDraining() || !content.endsSoon();
    return closing;
  }

  void write(ByteBuf bytes) {
    write(bytes, context().voidPromise());
  }

  void write(ByteBuf bytes, ChannelPromise promise) {
    context().write(bytes, promise);
    loop.flushSoon(context().channel());
    if (!context().channel().isWritable() && !writeDeadline.isSet()) {
      writeDeadline.in(listener.config().bodyTimeout().toNanos());
    }
  }

  /** The whole answer has been written. */
  void answered() {
    exchange = null;
    content.discardUntaken();
    if (closing) {
      linger();
      return;
    }
    if (!content.isArriving()) {
      awaitNext();
    }
    pipelineFull = false;
    readingChanged();
    process();
  }

  private void awaitNext() {
    readDeadline.roughlyIn(listener.config().keepAliveTimeout().toNanos());
  }

  @Override
  public void abort() {
    parting.abort();
    if (state == State.CLOSED) {
      return;
    }
    ConnectionEnd.reset(context(), tls);
  }

  private void readTimedOut() {
    if (exchange == null && (state == State.LINGERING || content.isArriving() || !head.begun())) {
      context().close();
    } else if (exchange == null) {
      refuse(408, Refusal.slowHead(listener.config()));
    } else if (content.isArriving()) {
      refuse(408, Refusal.SLOW_CONTENT);
    }
  }

  /** Answers in place of the handler, for once and all. */
  private void refuse(int status, String reason) {
    if (state != State.OPEN) {
      return;
    }
    Http1Exchange current = exchange;
    boolean answered = current == null && content.isArriving() && !head.begun();
    exchange = null;
    content.fail("the request's body is malformed or too slow");
    if (answered) {
      context().close();
    } else if (current != null && current.hasBegun()) {
      current.lost();
      abort();
    } else {
      if (current != null) {
        current.lost();
      } else {
        listener.handler().refused(Refusal.of(client(), head, status, reason));
      }
      closing = true;
      Refusal.write(status, this);
      linger();
    }
  }

  /** Ends the sending side and reads on for a while. */
  private void linger() {
    state = State.LINGERING;
    content.fail("the answer was complete before the request");
    if (!processing) {
      dropPending();
    }
    pipelineFull = false;
    readingChanged();
    readDeadline.in(listener.config().lingerTimeout().toNanos());
    ConnectionEnd.endOutput(context(), tls);
  }

  /** Closes the connection if it is idle, else after the current answer. */
  @Override
  public void drain() {
    closing = true;
    if (!isBetweenRequests() || pending != null || head.begun()) {
      return;
    }
    if (ConnectionEnd.isOutputEmpty(context())) {
      context().close();
    } else {
      linger();
    }
  }

  @Override
  public boolean giveWay() {
    // One that sends no more than the beginning of a head is as idle as one that is silent.
    if (closing || !isBetweenRequests() || !ConnectionEnd.isOutputEmpty(context())) {
      return false;
    }
    closing = true;
    context().close();
    return true;
  }

  private boolean isBetweenRequests() {
    return state == State.OPEN && exchange == null && !content.isArriving();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable()) {
      return;
    }
    writeDeadline.clear();
    if (exchange != null) {
      exchange.writable();
    } else if (state == State.OPEN) {
      pipelineFull = false;
      readingChanged();
      process();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    readDeadline.clear();
    writeDeadline.clear();
    if (!processing) {
      dropPending();
    }
    content.fail("the client went away");
    Http1Exchange current = exchange;
    exchange = null;
    if (current != null) {
      current.lost();
    }
    parting.gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (ConnectionEnd.isLoss(cause)) {
      LOG.debug("{} is lost", client, cause);
    } else {
      LOG.error("A connection of {} ends with an exception", client, cause);
    }
    ctx.close();
  }

  private void dropPending() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }
}
