package io.portico.transport.upstream;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.loop.Deadline;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One request to a backend: made and awaited by the calling thread, carried out by a loop. It is
 * also the deadline of all that precedes the answer's body, from waiting for a connection to the
 * last byte of the head.
 */
final class UpstreamCall extends Deadline implements Runnable {
  private static final int MOST_REFUSALS = 3;

  private final UpstreamRequest request;
  private final LoopPools pools;
  private final Thread caller = Thread.currentThread();
  private final long start = System.nanoTime();

  /** Where this waits for a connection, while it does. */
  private @Nullable OriginPool waitingIn;

  /** What this was sent on, until it is answered. */
  private @Nullable Carrier carrier;

  /** Whether a backend may have seen of it: from then on, not to reach one is another failure. */
  private boolean begun;

  private boolean repeated;
  private int refusals;

  /** An {@link UpstreamResponse}, or what {@link #await} throws. Written once by the loop. */
  private volatile @Nullable Object outcome;

  UpstreamCall(UpstreamRequest request, LoopPools pools) {
    super(pools.loop());
    this.request = request;
    this.pools = pools;
  }

  UpstreamRequest request() {
    return request;
  }

  /** Hands the call to the loop and waits for its end, which the deadline bounds. */
  UpstreamResponse await() throws UpstreamException {
    if (caller.isInterrupted()) {
      throw cancelled();
    }
    pools.loop().handOver(this);
    Object result;
    while ((result = outcome) == null) {
      LockSupport.park(this);
      if (outcome == null && caller.isInterrupted()) {
        pools.loop().handOver(this::cancel);
        throw cancelled();
      }
    }
    return switch (result) {
      case UpstreamResponse response -> response;
      case UpstreamException failure -> throw failure;
      case RuntimeException bug -> throw bug;
      default -> throw new IllegalStateException(result.toString());
    };
  }

  private static UpstreamException cancelled() {
    return new UpstreamException(Reason.CANCELLED, "interrupted: nobody waits any more", null);
  }

  /** What is left of its time. */
  long leftNanos() {
    return request.timeout().toNanos() - (System.nanoTime() - start);
  }

  /** Begins, on the loop. */
  @Override
  public void run() {
    after(start, request.headTimeout().toNanos());
    serve();
  }

  private void serve() {
    OriginPool pool = pools.of(request.origin());
    waitingIn = pool;
    pool.serve(this);
  }

  /** {@code next} carries it from now on. */
  void sentOn(Carrier next) {
    waitingIn = null;
    carrier = next;
    begun = true;
  }

  /**
   * The connection ended before any byte of an answer.
   *
   * @param reused whether it had served other calls: then it may have been closed for its idleness,
   *     and the request is sent once more if doing it twice does no harm
   */
  void lost(boolean reused, UpstreamException reason) {
    carrier = null;
    if (reused && !repeated && isRepeatable() && outcome == null) {
      repeated = true;
      OriginPool pool = pools.of(request.origin());
      waitingIn = pool;
      pool.serveFresh(this);
    } else {
      fail(reason);
    }
  }

  /**
   * The backend says that it has not begun with it (RFC 9113, 8.7): whatever its method is, it is
   * sent again, a few times, unless its body was streamed and is no longer there.
   */
  void refused(UpstreamException reason) {
    carrier = null;
    if (request.body() instanceof Body.Streamed || ++refusals > MOST_REFUSALS) {
      fail(reason);
      return;
    }
    // Not within the round in which the connection says so.
    pools
        .loop()
        .execute(
            () -> {
              if (outcome == null) {
                serve();
              }
            });
  }

  /** RFC 9110, 9.2.2; a body that was streamed is no longer there. */
  private boolean isRepeatable() {
    if (request.body() instanceof Body.Streamed) {
      return false;
    }
    return switch (request.method()) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
      default -> false;
    };
  }

  void complete(UpstreamResponse response) {
    end(response);
  }

  void fail(UpstreamException failure) {
    boolean unreached =
        switch (failure.reason()) {
          case CONNECT_FAILED, CONNECT_TIMEOUT, UNKNOWN_HOST -> true;
          default -> false;
        };
    end(
        begun && unreached
            ? new UpstreamException(
                Reason.LOST_AND_UNREACHED, "lost, and then " + failure.getMessage(), failure)
            : failure);
  }

  /** The request cannot be written as it is. */
  void fail(RuntimeException bug) {
    end(bug);
  }

  private void end(Object result) {
    if (outcome != null) {
      return;
    }
    clear();
    carrier = null;
    waitingIn = null;
    outcome = result;
    LockSupport.unpark(caller);
  }

  @Override
  protected void expired() {
    String missing =
        carrier == null
            ? "no connection that takes the request"
            : carrier.isAnswering() ? "no end of the answer's head" : "no answer";
    giveUp(
        new UpstreamException(
            Reason.TIMEOUT, missing + " in " + request.headTimeout().toMillis() + " ms", null));
  }

  private void cancel() {
    if (outcome instanceof UpstreamResponse response) {
      if (response.body() instanceof IncomingBody unread) {
        unread.discard();
      }
      return;
    }
    giveUp(cancelled());
  }

  private void giveUp(UpstreamException reason) {
    OriginPool pool = waitingIn;
    Carrier last = carrier;
    end(reason);
    if (pool != null) {
      pool.remove(this);
    }
    if (last != null) {
      last.giveUp();
    }
  }
}
