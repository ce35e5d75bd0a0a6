package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import io.portico.transport.loop.ResetWatch;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's WebSocket connection, the only handler on its channel but TLS. While nothing happens
 * it holds no thread and no buffer, and one deadline.
 *
 * <p>Belongs to its loop's thread, apart from what {@link WebSocketConnection} offers.
 */
// What fails on a channel is told to exceptionCaught or ends in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ServerConnection extends ChannelInboundHandlerAdapter
    implements WebSocketConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

  private static final WebSocketClose GOING_AWAY =
      new WebSocketClose(WebSocketClose.GOING_AWAY, "Going away");

  /** Beneath a connection that never was on a channel. */
  private static final Line NO_LINE =
      new Line() {
        @Override
        public void endOutput(ChannelHandlerContext context) {}

        @Override
        public void reset(ChannelHandlerContext context) {}

        @Override
        public void ended() {}
      };

  private enum State {
    OPEN,
    /** Ends once the listener has said what it has to say about messages that came before. */
    ENDING,
    /** A close frame is out, and the client's is awaited. */
    CLOSING,
    /** All is said; what the client sends is dropped until it goes. */
    LINGERING,
    CLOSED
  }

  private final Loop loop;
  private final Line line;
  private final WebSocketLimits limits;

  /** Whether messages may be compressed. */
  private final boolean compression;

  private final FrameReader reader;
  private final Telling telling;
  private final Deadline deadline;
  private final ResetWatch resets = new ResetWatch();
  private final String remoteIp;
  private final long connectedMillis = System.currentTimeMillis();
  private final long connectedNanos = System.nanoTime();
  private volatile long activeNanos = connectedNanos;

  private @Nullable ChannelHandlerContext context;

  /** Written by the loop alone. */
  private volatile State state = State.OPEN;

  /** Bytes of frames that were taken and are not with the kernel yet. */
  private final AtomicInteger unsent = new AtomicInteger();

  /** Whether more was left than may wait. */
  private volatile boolean overflown;

  /** Whether reading waits for the listener. */
  private boolean paused;

  /** What came in and is not understood yet, while reading waits. */
  private @Nullable ByteBuf pending;

  private boolean processing;

  private boolean told;

  /** Whether nothing counts any more that the client sends. */
  private boolean hasClientEnded;

  /** The close frame that is to be sent, while the connection is ending. */
  private @Nullable WebSocketClose lastWord;

  /**
   * A connection whose client is about to hear that it is open.
   *
   * @param remoteIp the client's address
   */
  public ServerConnection(Loop loop, Line line, Handshake handshake, String remoteIp) {
    this(loop, line, handshake.upgrade(), handshake.compression(), remoteIp);
  }

  private ServerConnection(
      Loop loop, Line line, WebSocketUpgrade upgrade, boolean compression, String remoteIp) {
    this.loop = loop;
    this.line = line;
    this.limits = upgrade.limits();
    this.compression = compression;
    this.reader = new FrameReader(limits, compression);
    this.telling = new Telling(loop, this, upgrade);
    this.remoteIp = remoteIp;
    this.deadline =
        new Deadline(loop) {
          @Override
          protected void expired() {
            timedOut();
          }
        };
  }

  /** One whose client has gone before it could hear that it is open: its listener hears both. */
  public static void stillborn(Loop loop, WebSocketUpgrade upgrade, String remoteIp) {
    ServerConnection connection = new ServerConnection(loop, NO_LINE, upgrade, false, remoteIp);
    connection.telling.opened();
    connection.lost();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    awaitActivity();
    telling.opened();
    ctx.channel().config().setAutoRead(true);
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context, "not on its channel yet");
  }

  // What the owner asks for, on any thread.

  @Override
  public boolean send(WebSocketMessage message) {
    return switch (message) {
      case WebSocketMessage.Text(String text) -> send(Opcode.TEXT, text.getBytes(UTF_8));
      case WebSocketMessage.Binary(byte[] bytes) -> send(Opcode.BINARY, bytes);
    };
  }

  private boolean send(int opcode, byte[] payload) {
    if (!isSpeaking() || overflown) {
      return false;
    }
    if (!isRoomFor(FrameWriter.length(payload))) {
      loop.handOver(() -> shut(overflow()));
      return false;
    }
    loop.handOver(() -> write(opcode, payload));
    return true;
  }

  @Override
  public boolean isOpen() {
    return isSpeaking();
  }

  @Override
  public void close(WebSocketClose close) {
    if (!close.isSendable()) {
      throw new IllegalArgumentException("not to be sent: " + close);
    }
    loop.handOver(() -> shut(close));
  }

  @Override
  public String remoteIp() {
    return remoteIp;
  }

  @Override
  public Instant connectedAt() {
    return Instant.ofEpochMilli(connectedMillis);
  }

  @Override
  public Instant lastActiveAt() {
    return connectedAt().plusNanos(activeNanos - connectedNanos);
  }

  // What is sent.

  /** Reserves room for a frame; if there is none, there will be none. */
  private boolean isRoomFor(int length) {
    if (unsent.addAndGet(length) <= limits.unsent()) {
      return true;
    }
    unsent.addAndGet(-length);
    overflown = true;
    return false;
  }

  private WebSocketClose overflow() {
    return new WebSocketClose(limits.overflowCode(), "messages are read too slowly");
  }

  /** Whether the close frame is not out yet. */
  private boolean isSpeaking() {
    State now = state;
    return now == State.OPEN || now == State.ENDING;
  }

  /** Writes a frame for which there is room. */
  private void write(int opcode, byte[] payload) {
    int length = FrameWriter.length(payload);
    if (!isSpeaking()) {
      unsent.addAndGet(-length);
      return;
    }
    activeNanos = System.nanoTime();
    ChannelPromise written = context().newPromise();
    written.addListener((ChannelFuture _) -> unsent.addAndGet(-length));
    byte[] deflated =
        compression && !Opcode.isControl(opcode) ? Compression.ofThread().deflate(payload) : null;
    ByteBuf frame =
        deflated == null
            ? FrameWriter.frame(context().alloc(), opcode, payload)
            : FrameWriter.frame(context().alloc(), opcode | FrameWriter.COMPRESSED, deflated);
    context().write(frame, written);
    loop.flushSoon(context().channel());
  }

  private void pong(byte[] payload) {
    if (isRoomFor(FrameWriter.length(payload))) {
      write(Opcode.PONG, payload);
    } else {
      shut(overflow());
    }
  }

  // What is read.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    resets.heard();
    if (hasClientEnded || state == State.LINGERING || state == State.CLOSED) {
      in.release();
      return;
    }
    activeNanos = System.nanoTime();
    pending =
        pending == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (state == State.OPEN) {
      resets.waiting(ctx.channel());
    }
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      while (pending != null && !paused) {
        Incoming next = reader.read(pending);
        if (next == null || !heard(next)) {
          dropPending();
        }
      }
    } catch (WebSocketViolation e) {
      LOG.debug("{} sent {}", remoteIp, e.getMessage());
      fail(e.close());
    } finally {
      processing = false;
    }
  }

  /** Whether anything is read behind it. */
  private boolean heard(Incoming next) {
    switch (next) {
      case Incoming.Message(WebSocketMessage message) -> {
        // What comes behind our own close frame is of no use to anybody.
        if (state == State.OPEN) {
          pause(!telling.message(message));
        }
      }
      case Incoming.Ping(byte[] payload) -> pong(payload);
      case Incoming.Pong _ -> {
        // It has shown that the client is there.
      }
      case Incoming.Close(WebSocketClose close) -> {
        closedByClient(close);
        return false;
      }
    }
    return true;
  }

  private void pause(boolean wanted) {
    if (wanted) {
      paused = true;
      context().channel().config().setAutoRead(false);
    }
  }

  /** The listener can take more. */
  void resume() {
    if (paused) {
      paused = false;
      process();
      if (!paused && state != State.CLOSED) {
        context().channel().config().setAutoRead(true);
      }
    }
  }

  /** The listener has heard all that it ever will. */
  void hasTold() {
    told = true;
    if (state == State.CLOSED) {
      line.ended();
    }
  }

  // The end.

  private void closedByClient(WebSocketClose close) {
    hasClientEnded = true;
    if (state == State.OPEN) {
      end(close, WebSocketClose.of(close.code()));
    } else if (state == State.CLOSING) {
      linger();
    }
  }

  /** The client has broken the rules: it is told so, and nothing it says counts any more. */
  private void fail(WebSocketClose close) {
    hasClientEnded = true;
    dropPending();
    if (state == State.OPEN) {
      end(close, close);
    } else if (state == State.CLOSING) {
      linger();
    }
  }

  /**
   * Ends behind what the listener still says.
   *
   * @param heard by the listener
   * @param said to the client
   */
  private void end(WebSocketClose heard, WebSocketClose said) {
    state = State.ENDING;
    lastWord = said;
    deadline.in(limits.closeTimeout().toNanos());
    telling.closed(heard);
    resume();
  }

  /** The listener has heard of all messages, or has had time enough. */
  void allIsSaid() {
    if (state == State.ENDING && lastWord != null) {
      say(lastWord);
    }
  }

  /** Ends behind what has been sent by now. */
  void shut(WebSocketClose close) {
    if (state == State.OPEN) {
      say(close);
      telling.closed(close);
      resume();
    } else {
      allIsSaid();
    }
  }

  /** Sends the close frame. The client is to answer it, if it has not sent its own. */
  private void say(WebSocketClose close) {
    state = State.CLOSING;
    context().write(FrameWriter.close(context().alloc(), close));
    loop.flushSoon(context().channel());
    deadline.in(limits.closeTimeout().toNanos());
    if (hasClientEnded) {
      linger();
    }
  }

  private void linger() {
    state = State.LINGERING;
    dropPending();
    deadline.in(limits.closeTimeout().toNanos());
    line.endOutput(context());
  }

  /** Ends in good order, as the server goes. */
  public void drain() {
    if (state == State.OPEN) {
      end(GOING_AWAY, GOING_AWAY);
    }
  }

  /** Gives it up at once, and interrupts the listener. */
  public void abort() {
    telling.interrupt();
    if (state != State.CLOSED) {
      line.reset(context());
    }
  }

  private void timedOut() {
    if (state == State.ENDING) {
      allIsSaid();
    } else if (state != State.OPEN) {
      line.reset(context());
    } else if (left() <= 0) {
      drain();
    } else {
      awaitActivity();
    }
  }

  private void awaitActivity() {
    deadline.in(left());
  }

  /** For how long it may stay open if nothing happens. */
  private long left() {
    long now = System.nanoTime();
    long ofDuration = limits.duration().toNanos() - (now - connectedNanos);
    long ofSilence = limits.idleTimeout().toNanos() - (now - activeNanos);
    return Math.min(ofDuration, ofSilence);
  }

  private void lost() {
    State before = state;
    state = State.CLOSED;
    deadline.clear();
    if (before == State.OPEN) {
      telling.closed(WebSocketClose.of(WebSocketClose.ABNORMAL));
    } else if (told) {
      line.ended();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropPending();
    if (state != State.CLOSED) {
      lost();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
      LOG.debug("{} is lost", remoteIp, cause);
    } else {
      LOG.error("A connection of {} ends with an exception", remoteIp, cause);
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
