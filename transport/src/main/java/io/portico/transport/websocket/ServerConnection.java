package io.portico.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.loop.Deadline;
import io.portico.transport.loop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's WebSocket connection, whatever carries it. While nothing happens it holds no thread
 * and no buffer, and one deadline.
 *
 * <p>Belongs to its loop's thread, apart from what {@link WebSocketConnection} offers.
 */
public final class ServerConnection implements WebSocketConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

  private static final WebSocketClose GOING_AWAY =
      new WebSocketClose(WebSocketClose.GOING_AWAY, "Going away");

  /** How long the last words of a connection that is given up may take to reach its client. */
  public static final Duration GRACE = Duration.ofSeconds(1);

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

  /** Called when the wire has ended, and the listener has heard so. */
  private final Runnable ended;

  /** Null where the client had gone before it could hear that the connection is open. */
  private final @Nullable Wire wire;

  private final WebSocketLimits limits;

  private final FrameReader reader;
  private final Outgoing outgoing;
  private final Telling telling;
  private final Deadline deadline;
  private final String remoteIp;
  private final Lifetime lifetime;

  /** Written by the loop alone. */
  private volatile State state = State.OPEN;

  /** Whether the next message waits for the listener. */
  private boolean full;

  /** Whether it has begun, so that reading waits as well. */
  private boolean paused;

  /** What came in and is not understood yet, while reading waits. */
  private @Nullable ByteBuf pending;

  private boolean processing;

  /** Whether the wire has ended; what had come by it may still wait for the listener. */
  private volatile boolean gone;

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
  public ServerConnection(Loop loop, Wire wire, Handshake handshake, String remoteIp) {
    this(loop, wire, wire::ended, handshake.upgrade(), handshake.compression(), remoteIp);
  }

  private ServerConnection(
      Loop loop,
      @Nullable Wire wire,
      Runnable ended,
      WebSocketUpgrade upgrade,
      boolean compression,
      String remoteIp) {
    this.loop = loop;
    this.wire = wire;
    this.ended = ended;
    this.limits = upgrade.limits();
    this.reader = new FrameReader(limits, compression);
    this.telling = new Telling(loop, this, upgrade);
    this.remoteIp = remoteIp;
    this.lifetime = new Lifetime(limits);
    this.outgoing = new Outgoing(loop, this, limits, lifetime, compression);
    this.deadline =
        new Deadline(loop) {
          @Override
          protected void expired() {
            timedOut();
          }
        };
  }

  /**
   * One whose client has gone before it could hear that it is open: its listener hears both.
   *
   * @param ended called on the loop when it has
   */
  public static void stillborn(
      Loop loop, WebSocketUpgrade upgrade, String remoteIp, Runnable ended) {
    ServerConnection connection = new ServerConnection(loop, null, ended, upgrade, false, remoteIp);
    connection.gone = true;
    connection.telling.opened();
    connection.lost();
  }

  /** The wire is there: what comes by it may be told from now on. */
  public void open() {
    awaitActivity();
    telling.opened();
  }

  Wire wire() {
    return Objects.requireNonNull(wire, "the client had gone before it was open");
  }

  // What the owner asks for, on any thread.

  @Override
  public boolean send(WebSocketMessage message) {
    return outgoing.send(message);
  }

  @Override
  public boolean send(SharedMessage message) {
    return outgoing.send(message);
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
    return lifetime.connectedAt();
  }

  @Override
  public Instant lastActiveAt() {
    return lifetime.lastActiveAt();
  }

  // What is sent.

  /** Whether the client is there, and the close frame is not out yet. */
  private boolean isSpeaking() {
    State now = state;
    return !gone && (now == State.OPEN || now == State.ENDING);
  }

  // What is read.

  /** Takes the next bytes, which are its own from now on. */
  public void arrived(ByteBuf in) {
    if (hasClientEnded || state == State.LINGERING || state == State.CLOSED) {
      in.release();
      return;
    }
    lifetime.active();
    pending =
        pending == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(wire().alloc(), pending, in);
    process();
  }

  /**
   * The client sends no more; all that it has sent was taken. Where that was no close frame, the
   * listener hears 1006 (RFC 6455, 7.1.5), though the wire ends in good order.
   */
  public void inputEnded() {
    hasClientEnded = true;
    if (state == State.OPEN) {
      telling.closed(WebSocketClose.of(WebSocketClose.ABNORMAL));
      linger();
    } else if (state == State.CLOSING) {
      linger();
    }
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      while (pending != null && !paused) {
        Incoming next = reader.read(pending, !full);
        if (next == null && pending.isReadable()) {
          pause();
        } else if (next == null || !heard(next)) {
          dropPending();
        }
      }
    } catch (WebSocketViolation e) {
      LOG.debug("{} sent {}", remoteIp, e.getMessage());
      fail(e.close());
    } finally {
      processing = false;
    }
    if (state == State.OPEN && reader.unfinished() != null) {
      awaitActivity();
    }
  }

  /** Whether anything is read behind it. */
  private boolean heard(Incoming next) {
    switch (next) {
      case Incoming.Message(WebSocketMessage message) -> {
        // What comes behind our own close frame is of no use to anybody.
        if (state == State.OPEN) {
          full = !telling.message(message);
        }
      }
      case Incoming.Ping(byte[] payload) -> outgoing.pong(payload);
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

  private void pause() {
    paused = true;
    if (!gone) {
      wire().pause();
    }
  }

  /** The listener can take more. */
  void resume() {
    full = false;
    if (paused) {
      paused = false;
      process();
      if (paused || state == State.CLOSED) {
        return;
      }
      if (gone) {
        lost();
      } else {
        wire().resume();
      }
    }
  }

  /** The listener has heard all that it ever will. */
  void hasTold() {
    told = true;
    if (state == State.CLOSED) {
      ended.run();
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
    wire().write(FrameWriter.close(wire().alloc(), close), wire().promise());
    deadline.in(limits.closeTimeout().toNanos());
    if (hasClientEnded) {
      linger();
    }
  }

  private void linger() {
    state = State.LINGERING;
    dropPending();
    deadline.in(limits.closeTimeout().toNanos());
    wire().endOutput();
  }

  /** Ends in good order, as the server goes. Of a client that has gone only the end is to come. */
  public void drain() {
    if (state == State.OPEN && !gone) {
      end(GOING_AWAY, GOING_AWAY);
    }
  }

  /**
   * Gives it up, and interrupts the listener. Its client is told why, if it was not told of an end
   * before, and has {@link #GRACE} to hear it; else all ends at once.
   *
   * @return whether the client is being told
   */
  public boolean abort() {
    telling.abort();
    if (gone) {
      paused = false;
      lost();
      return false;
    }
    if (!isSpeaking()) {
      if (state != State.CLOSED) {
        wire().reset();
      }
      return false;
    }
    if (state == State.OPEN) {
      telling.closed(GOING_AWAY);
    }
    say(lastWord == null ? GOING_AWAY : lastWord);
    if (state == State.CLOSING) {
      linger();
    }
    deadline.in(GRACE.toNanos());
    resume();
    return true;
  }

  private void timedOut() {
    if (state == State.ENDING) {
      allIsSaid();
    } else if (state != State.OPEN) {
      wire().reset();
    } else if (lifetime.isTooLong(reader.unfinished())) {
      fail(new WebSocketClose(WebSocketClose.POLICY_VIOLATION, "a message that takes too long"));
    } else if (lifetime.left(reader.unfinished()) <= 0) {
      drain();
    } else {
      awaitActivity();
    }
  }

  private void awaitActivity() {
    deadline.in(Math.max(0, lifetime.left(reader.unfinished())));
  }

  /**
   * The wire has ended, whoever did it. The listener hears so behind what had come before: a client
   * that does not wait to be answered may have sent its last messages, and its close frame.
   */
  public void lost() {
    gone = true;
    if (state == State.OPEN && paused && pending != null && pending.isReadable()) {
      return;
    }
    dropPending();
    State before = state;
    if (before == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    deadline.clear();
    if (before == State.OPEN) {
      telling.closed(WebSocketClose.of(WebSocketClose.ABNORMAL));
    } else if (told) {
      ended.run();
    }
  }

  private void dropPending() {
    if (pending != null) {
      pending.release();
      pending = null;
    }
  }
}
