package io.portico.gateway.execute.integration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that calls of AWS's services are signed with, the sessions of assumed roles among
 * them.
 */
public final class SigningCredentials implements AutoCloseable {
  private static final int MOST_ROLES = 10_000;
  private static final Duration UNUSED = Duration.ofHours(1);
  private static final int MOST_THREADS = 8;
  private static final long IDLE_SECONDS = 10;

  private final Credentials own;
  private final ExecutorService threads = threads();
  private final Cache<SigningIdentity.Role, AssumedRole> roles =
      Caffeine.newBuilder()
          .maximumSize(MOST_ROLES)
          .expireAfterAccess(UNUSED)
          .executor(Runnable::run)
          .build();
  private final RoleSessions sessions;
  private final Clock clock;

  /**
   * @param upstream reaches STS
   * @param own the gateway's, which assume the roles, too
   */
  public SigningCredentials(Upstream upstream, Credentials own, Clock clock) {
    this.own = own;
    this.sessions = new AssumeRole(upstream, own, clock);
    this.clock = clock;
  }

  /** No virtual ones: those that a request's thread starts run on its event loop as well. */
  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("assume-role-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * The credentials of a call; of a role that is not assumed yet, waits for them.
   *
   * @param caller who signed the call of the method or route, or null
   * @param deadlineNanos until when to wait, as {@link System#nanoTime} counts
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} if there are none
   * @throws IOException if it takes too long to get them
   */
  public Credentials of(SigningIdentity signer, @Nullable IamCaller caller, long deadlineNanos)
      throws IOException {
    return switch (signer) {
      case SigningIdentity.Gateway _ -> own;
      case SigningIdentity.Caller _ -> CallersCredentials.of(caller);
      case SigningIdentity.Role role ->
          roles
              .get(role, any -> new AssumedRole(any, sessions, threads, clock, System::nanoTime))
              .credentials(deadlineNanos);
    };
  }

  /**
   * What invokes a function with the credentials of a call.
   *
   * @param lambda invokes it with the gateway's own
   * @see #of
   */
  public LambdaInvoke sign(
      LambdaInvoke lambda, SigningIdentity signer, @Nullable IamCaller caller, long deadlineNanos)
      throws IOException {
    return signer instanceof SigningIdentity.Gateway
        ? lambda
        : lambda.signedBy(of(signer, caller, deadlineNanos));
  }

  /**
   * What is left of a call's time once its credentials are there.
   *
   * @param timeout of the call
   * @param deadlineNanos its end, as {@link System#nanoTime} counts
   */
  public static Duration left(SigningIdentity signer, Duration timeout, long deadlineNanos) {
    return signer instanceof SigningIdentity.Role
        ? Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()))
        : timeout;
  }

  /** Assumes no more roles. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
