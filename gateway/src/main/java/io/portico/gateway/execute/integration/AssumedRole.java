package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.integration.RoleSessions.Session;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one role: begun when it is first asked for, used until shortly before its end, and
 * in good time before that begun anew while the one there is goes on to be used.
 *
 * <p>One beginning at a time, on another thread, for which requests wait only if there is nothing
 * that they could use. After one that has failed all are refused for a while.
 *
 * <p>Nothing is ever called with other credentials instead.
 */
final class AssumedRole {
  private static final Logger LOG = LoggerFactory.getLogger(AssumedRole.class);

  /** Before its end, a session is not used for a call that might arrive behind it. */
  private static final Duration LAST = Duration.ofSeconds(30);

  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** From a beginning that has failed, or from one ahead, to the next. */
  private static final Duration DISTANCE = Duration.ofSeconds(5);

  private final SigningIdentity.Role role;
  private final RoleSessions sessions;
  private final Executor threads;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final ReentrantLock beginning = new ReentrantLock();
  private volatile @Nullable Session session;
  private @Nullable Attempt last;

  /** One beginning, under way or over. */
  private static final class Attempt {
    private final CompletableFuture<Session> result = new CompletableFuture<>();
    private volatile long endedNanos;
  }

  /**
   * @param threads run what takes time
   * @param nanoTime as {@link System#nanoTime}
   */
  AssumedRole(
      SigningIdentity.Role role,
      RoleSessions sessions,
      Executor threads,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.role = role;
    this.sessions = sessions;
    this.threads = threads;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * What signs as the session.
   *
   * @param deadlineNanos until when to wait, as {@link System#nanoTime} counts
   * @throws RoleNotAssumedException if the role cannot be assumed, or that takes too long
   * @throws IOException if nobody waits any more
   */
  Signers signers(long deadlineNanos) throws IOException {
    Instant now = clock.instant();
    Session known = usable(now);
    if (known == null) {
      return awaited(begun(now), deadlineNanos).signers();
    }
    if (!now.isBefore(known.end().minus(AHEAD))) {
      beginAhead();
    }
    return known.signers();
  }

  /**
   * Hears that a service does not take the session. Another one is begun as in good time before its
   * end: what a service says may be a client's words, who must neither end it nor have STS asked
   * all the time.
   */
  void refused() {
    beginAhead();
  }

  private @Nullable Session usable(Instant now) {
    Session known = session;
    return known != null && now.isBefore(known.end().minus(LAST)) ? known : null;
  }

  /** The beginning that is under way, has just ended or has just failed, or else a new one. */
  private CompletableFuture<Session> begun(Instant now) {
    beginning.lock();
    try {
      Session arrived = usable(now);
      if (arrived != null) {
        return CompletableFuture.completedFuture(arrived);
      }
      Attempt before = last;
      return before != null && stands(before) ? before.result : begin().result;
    } finally {
      beginning.unlock();
    }
  }

  /** Whether it is under way, or has just failed. */
  private boolean stands(Attempt attempt) {
    return !attempt.result.isDone()
        || (attempt.result.isCompletedExceptionally() && !isDistant(attempt));
  }

  private void beginAhead() {
    if (!beginning.tryLock()) {
      return;
    }
    try {
      Attempt before = last;
      if (before == null || (before.result.isDone() && isDistant(before))) {
        begin();
      }
    } finally {
      beginning.unlock();
    }
  }

  private boolean isDistant(Attempt attempt) {
    return nanoTime.getAsLong() - attempt.endedNanos >= DISTANCE.toNanos();
  }

  private Attempt begin() {
    Attempt attempt = new Attempt();
    last = attempt;
    try {
      threads.execute(() -> run(attempt));
    } catch (RejectedExecutionException e) {
      failed(attempt, new IOException("the gateway is ending", e));
    }
    return attempt;
  }

  private void run(Attempt attempt) {
    try {
      Session begun = sessions.begin(role);
      session = begun;
      attempt.endedNanos = nanoTime.getAsLong();
      attempt.result.complete(begun);
      LOG.debug("{} is assumed until {}", role.arn(), begun.end());
    } catch (IOException e) {
      failed(attempt, e);
    } finally {
      // A mistake of our own is told by the thread that ends with it.
      if (!attempt.result.isDone()) {
        failed(attempt, new IOException("it cannot be found out whether it may be"));
      }
    }
  }

  private void failed(Attempt attempt, Exception why) {
    attempt.endedNanos = nanoTime.getAsLong();
    LOG.warn("{} cannot be assumed: {}", role.arn(), why.toString());
    attempt.result.completeExceptionally(why);
  }

  private Session awaited(CompletableFuture<Session> begun, long deadlineNanos) throws IOException {
    try {
      return begun.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new RoleNotAssumedException(role.arn(), "STS takes too long to answer", true);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw new RoleNotAssumedException(
          role.arn(), String.valueOf((why == null ? e : why).getMessage()), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UpstreamException(
          UpstreamException.Reason.CANCELLED, "nobody waits for " + role.arn(), e);
    }
  }
}
