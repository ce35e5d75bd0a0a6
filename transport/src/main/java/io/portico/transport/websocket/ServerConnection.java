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
import io.portico.gateway.http.websocket.WebSocketListener;
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
    /** A close frame is out, and the client's is awaited. */
    CLOSING,
    /** All is said; what the client sends is dropped until it goes. */
    LINGERING,
    CLOSED
  }

  private final Loop loop;
  private final Line line;
  private final WebSocketListener listener;
  private final WebSocketLimits limits;
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

  /** Whether reading waits for the listener. Written by the loop alone. */
  private volatile boolean paused;

  /** What came in and is not understood yet, while reading waits. */
  private @Nullable ByteBuf pending;

  private boolean processing;

  /** Whether the listener has heard of the end. */
  private boolean told;

  /**
   * A connection whose client is about to hear that it is open.
   *
   * @param remoteIp the client's address
   */
  public ServerConnection(Loop loop, Line line, WebSocketUpgrade upgrade, String remoteIp) {
    this.loop = loop;
    this.line = line;
    this.listener = upgrade.listener();
    this.limits = upgrade.limits();
    this.reader = new FrameReader(limits);
    this.telling = new Telling(loop);
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
    ServerConnection connection = new ServerConnection(loop, NO_LINE, upgrade, remoteIp);
    connection.tellOpened();
    connection.lost();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    awaitActivity();
    tellOpened();
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
    if (state != State.OPEN || overflown) {
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

  /** Writes a frame for which there is room. */
  private void write(int opcode, byte[] payload) {
    int length = FrameWriter.length(payload);
    if (state != State.OPEN) {
      unsent.addAndGet(-length);
      return;
    }
    activeNanos = System.nanoTime();
    ChannelPromise written = context().newPromise();
    written.addListener((ChannelFuture _) -> unsent.addAndGet(-length));
    context().write(FrameWriter.frame(context().alloc(), opcode, payload), written);
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
    if (state != State.OPEN && state != State.CLOSING) {
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
          tell(() -> listener.message(this, message));
          pauseIfMuchWaits();
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

  private void pauseIfMuchWaits() {
    if (telling.size() < limits.waitingMessages()) {
      return;
    }
    paused = true;
    if (telling.size() < limits.waitingMessages()) {
      // It was told meanwhile, and nobody has seen that reading waits.
      paused = false;
    } else {
      context().channel().config().setAutoRead(false);
    }
  }

  private void resume() {
    if (paused) {
      paused = false;
      process();
      if (!paused && state != State.CLOSED) {
        context().channel().config().setAutoRead(true);
      }
    }
  }

  // What the listener hears.

  private void tell(Runnable event) {
    telling.add(
        () -> {
          try {
            event.run();
          } catch (Throwable e) {
            // Whatever it is, it is a bug, the client learns nothing of it, and the log all.
            LOG.error("The listener of a WebSocket connection ended with an exception", e);
            loop.handOver(() -> shut(WebSocketClose.of(WebSocketClose.INTERNAL_ERROR)));
          }
          if (paused && telling.size() <= limits.waitingMessages() / 2 + 1) {
            loop.handOver(this::resume);
          }
        });
  }

  private void tellOpened() {
    tell(() -> listener.opened(this));
  }

  /** The last that the listener hears. */
  private void tellClosed(WebSocketClose close) {
    tell(() -> listener.closed(this, close));
    tell(() -> loop.handOver(this::hasTold));
  }

  private void hasTold() {
    told = true;
    if (state == State.CLOSED) {
      line.ended();
    }
  }

  // The end.

  private void closedByClient(WebSocketClose close) {
    if (state == State.OPEN) {
      writeLast(WebSocketClose.of(close.code()));
      linger();
      tellClosed(close);
    } else {
      linger();
    }
  }

  /** Begins the closing handshake. */
  private void shut(WebSocketClose close) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    writeLast(close);
    deadline.in(limits.closeTimeout().toNanos());
    tellClosed(close);
    resume();
  }

  /** The client has broken the rules: it is told so, and nothing it says counts any more. */
  private void fail(WebSocketClose close) {
    boolean open = state == State.OPEN;
    if (open) {
      writeLast(close);
    }
    linger();
    if (open) {
      tellClosed(close);
    }
  }

  private void writeLast(WebSocketClose close) {
    context().write(FrameWriter.close(context().alloc(), close));
    loop.flushSoon(context().channel());
  }

  private void linger() {
    state = State.LINGERING;
    dropPending();
    deadline.in(limits.closeTimeout().toNanos());
    line.endOutput(context());
  }

  /** Ends in good order, as the server goes. */
  public void drain() {
    shut(GOING_AWAY);
  }

  /** Gives it up at once, and interrupts the listener. */
  public void abort() {
    telling.interrupt();
    if (state != State.CLOSED) {
      line.reset(context());
    }
  }

  private void timedOut() {
    if (state != State.OPEN) {
      line.reset(context());
    } else if (left() <= 0) {
      shut(GOING_AWAY);
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
      tellClosed(WebSocketClose.of(WebSocketClose.ABNORMAL));
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
