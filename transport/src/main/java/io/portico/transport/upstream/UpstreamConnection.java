package io.portico.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.body.ContentSource;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import io.portico.transport.wire.ContentReader;
import io.portico.transport.wire.MalformedMessageException;
import io.portico.transport.wire.ResponseHeadReader;
import io.portico.transport.wire.Scratch;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a backend that speaks HTTP/1.1: one call after the other. It goes back to its
 * pool only when the request is all sent, the answer all read, and nothing stands behind it.
 * Belongs to its loop.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamConnection extends ChannelInboundHandlerAdapter
    implements BackendConnection, Carrier, ContentSource {
  private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

  private static final int MOST_AT_ONCE = 64 * 1024;
  private static final long MOST_DRAINED = 64 * 1024;
  private static final int MOST_INTERIM_ANSWERS = 16;

  private final Loop loop;
  private final OriginPool pool;
  private final UpstreamConfig config;
  private final Scratch scratch = Scratch.ofThread();
  private final ResponseHeadReader head;
  private final ContentReader content;
  private final RequestSender sender;
  private final Deadline deadline;
  private final BodyClock clock;
  private final ResetWatch resets = new ResetWatch();

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf pending;

  /** The call whose answer's head has not been read yet. */
  private @Nullable UpstreamCall call;

  /** The answer's content while it arrives. */
  private @Nullable IncomingBody body;

  private boolean headRequest;
  private boolean reused;
  private boolean answerBegun;
  private boolean persistent;
  private boolean untilClose;
  private boolean paused;
  private boolean closed;
  private int interimAnswers;
  private long idleNanos;
  private @Nullable Throwable cause;

  UpstreamConnection(Loop loop, OriginPool pool, UpstreamConfig config) {
    this.loop = loop;
    this.pool = pool;
    this.config = config;
    this.head = new ResponseHeadReader(config.limits(), scratch);
    this.content = new ContentReader(config.limits(), scratch);
    this.sender = new RequestSender(this, pool.origin());
    this.deadline = Deadline.calling(loop, this::timedOut);
    this.clock = new BodyClock(deadline);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  Loop loop() {
    return loop;
  }

  Scratch scratch() {
    return scratch;
  }

  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("no channel yet");
    }
    return context;
  }

  @Override
  public boolean isUsable() {
    return !closed && context().channel().isActive();
  }

  /**
   * Sends a call.
   *
   * @param used whether the connection has served others before
   */
  void send(UpstreamCall next, boolean used) {
    deadline.clear();
    call = next;
    reused = used;
    answerBegun = false;
    interimAnswers = 0;
    headRequest = next.request().method().equals("HEAD");
    idleNanos = config.idleTimeout().toNanos();
    head.reset();
    next.sentOn(this);
    try {
      sender.send(next.request());
    } catch (IllegalArgumentException | IllegalStateException e) {
      call = null;
      close();
      next.fail(e);
    }
  }

  /** Waits in the pool. */
  void rest() {
    deadline.roughlyIn(idleNanos > 0 ? idleNanos : config.idleTimeout().toNanos());
  }

  void write(ByteBuf bytes) {
    context().write(bytes, context().voidPromise());
    loop.flushSoon(context().channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (closed) {
      in.release();
      return;
    }
    resets.heard();
    pending =
        pending == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
    try {
      process();
    } catch (MalformedMessageException e) {
      LOG.debug("{} answered with {}", pool.origin().authority(), e.getMessage());
      end(new UpstreamException(Reason.INVALID_RESPONSE, "the answer has " + e.getMessage(), null));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (call != null || body != null) {
      resets.waiting(ctx.channel());
    }
  }

  private void process() throws MalformedMessageException {
    boolean progress = true;
    while (progress && pending != null && !closed) {
      if (!pending.isReadable()) {
        dropPending();
      } else if (body != null) {
        progress = readBody(pending, body);
      } else if (call != null) {
        answerBegun = true;
        progress = head.read(pending);
        if (progress) {
          readAnswer(pending, call);
        }
      } else {
        // Nobody asked for this: whatever it is, it must not become the next answer.
        close();
      }
    }
  }

  private void readAnswer(ByteBuf in, UpstreamCall answered) throws MalformedMessageException {
    int status = head.status();
    if (status < 200) {
      if (status == 101 || ++interimAnswers > MOST_INTERIM_ANSWERS) {
        throw new MalformedMessageException(502, "an interim answer nobody asked for");
      }
      head.reset();
      return;
    }
    persistent = head.persistent();
    int seconds = head.keepAliveSeconds();
    if (seconds >= 0) {
      idleNanos = Math.min(idleNanos, TimeUnit.SECONDS.toNanos(Math.max(seconds - 1, 0)));
      persistent &= seconds > 1;
    }
    boolean bodiless = headRequest || status == 204 || status == 304;
    if (status == 204 && (head.chunked() || head.contentLength() > 0)) {
      persistent = false;
    }
    Body received = bodiless ? Body.EMPTY : receivedBody(in, answered);
    UpstreamResponse response = new UpstreamResponse(status, head.headers(), received);
    call = null;
    if (body == null) {
      // The connection may carry the next call from here on.
      finished();
    }
    answered.complete(response);
  }

  private Body receivedBody(ByteBuf in, UpstreamCall answered) throws MalformedMessageException {
    long length = head.contentLength();
    untilClose = !head.chunked() && length < 0;
    if (length == 0) {
      return Body.EMPTY;
    }
    if (length > 0 && length <= MOST_AT_ONCE && in.readableBytes() >= length) {
      byte[] bytes = new byte[(int) length];
      in.readBytes(bytes);
      return Body.of(bytes);
    }
    if (head.chunked()) {
      content.chunked();
    } else if (untilClose) {
      persistent = false;
      content.untilClose();
    } else {
      content.sized(length);
    }
    IncomingBody arriving = new IncomingBody(loop, length, this);
    body = arriving;
    clock.start(answered.leftNanos(), answered.request().idleTimeout().toNanos());
    boolean progress = true;
    while (progress && body != null && in.isReadable()) {
      progress = take(in, arriving);
    }
    byte[] complete = arriving.takeIfComplete();
    return complete == null ? arriving : Body.of(complete);
  }

  private boolean readBody(ByteBuf in, IncomingBody arriving) throws MalformedMessageException {
    boolean progress = take(in, arriving);
    if (body == null) {
      finished();
    } else {
      clock.pieceArrived();
    }
    return progress;
  }

  /** Gives on what has arrived of the content; whether there may be more in {@code in}. */
  private boolean take(ByteBuf in, IncomingBody arriving) throws MalformedMessageException {
    int count = content.available(in);
    if (count > 0) {
      ByteBuf bytes = in.readRetainedSlice(count);
      content.taken(count);
      arriving.arrived(bytes);
    }
    if (content.done()) {
      body = null;
      deadline.clear();
      resumeReading();
      arriving.end();
    }
    return count > 0 || content.done();
  }

  /** The answer is complete. */
  private void finished() {
    boolean more = pending != null && pending.isReadable();
    if (persistent && !more && !sender.isSending() && !closed) {
      dropPending();
      pool.released(this);
    } else {
      close();
    }
  }

  // ContentSource: the answer's body is wanted, or not.

  @Override
  public void demanded() {}

  @Override
  public void pause() {
    if (body == null) {
      return;
    }
    // Until somebody has come for the content the time goes on, so that nobody is waited for ever.
    if (body.isTaken()) {
      clock.stop();
    }
    if (!paused) {
      paused = true;
      context().channel().config().setAutoRead(false);
    }
  }

  @Override
  public void resume() {
    if (body != null) {
      resumeReading();
      clock.go();
    }
  }

  private void resumeReading() {
    if (paused) {
      paused = false;
      context().channel().config().setAutoRead(true);
      resets.waiting(context().channel());
    }
  }

  @Override
  public void abandoned() {
    long left = content.left();
    if (left >= 0 && left <= MOST_DRAINED) {
      resume();
    } else {
      close();
    }
  }

  // The end.

  @Override
  public boolean isAnswering() {
    return answerBegun && head.begun();
  }

  @Override
  public void giveUp() {
    call = null;
    close();
  }

  /** The client's body broke off or is too long: the request cannot be completed. */
  void requestFailed(IOException reason) {
    UpstreamCall current = call;
    call = null;
    close();
    if (current != null) {
      current.fail(
          reason instanceof BodyTooLargeException
              ? new UpstreamException(
                  Reason.REQUEST_TOO_LARGE, String.valueOf(reason.getMessage()), reason)
              : new UpstreamException(Reason.CANCELLED, "the request's body broke off", reason));
    }
  }

  private void timedOut() {
    if (body != null) {
      end(new UpstreamException(Reason.TIMEOUT, "the answer's body is not there in time", null));
    } else {
      close();
    }
  }

  private void end(UpstreamException reason) {
    UpstreamCall current = call;
    IncomingBody arriving = body;
    call = null;
    body = null;
    close();
    if (current != null) {
      current.fail(reason);
    }
    if (arriving != null) {
      arriving.fail(reason);
    }
  }

  @Override
  public void close() {
    closed = true;
    context().close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      sender.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    deadline.clear();
    dropPending();
    sender.stop();
    UpstreamCall current = call;
    IncomingBody arriving = body;
    call = null;
    body = null;
    pool.closed(this);
    if (arriving != null) {
      if (untilClose && cause == null) {
        arriving.end();
      } else {
        arriving.fail(lost(withinTheBody()));
      }
    }
    if (current != null) {
      if (answerBegun) {
        current.fail(lost(head.begun() ? "within the answer's head" : "without an answer"));
      } else {
        current.lost(reused, lost("without an answer"));
      }
    }
  }

  private String withinTheBody() {
    long left = content.left();
    return left >= 0
        ? left + " bytes before the end of the answer's body"
        : untilClose ? "within the answer's body" : "within the chunks of the answer's body";
  }

  /** By the backend, which has closed it, or by what the system says of it: a reset mostly. */
  private UpstreamException lost(String where) {
    String how =
        cause == null
            ? "the connection was closed " + where
            : "the connection broke %s: %s".formatted(where, cause.getMessage());
    return new UpstreamException(
        Reason.CONNECTION_LOST, pool.origin().authority() + ": " + how, cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    cause = thrown;
    if (!(thrown instanceof IOException)) {
      LOG.debug("A connection to {} ends", pool.origin().authority(), thrown);
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
