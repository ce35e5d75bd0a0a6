package io.portico.gateway.execute.integration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that calls of AWS's services are signed with, the sessions of assumed roles among
 * them.
 */
public final class SigningCredentials implements AutoCloseable {
  private static final int MOST_ROLES = 10_000;
  private static final Duration UNUSED = Duration.ofHours(1);

  private final Signers own;
  private final RoleThreads threads = new RoleThreads();
  private final Cache<SigningIdentity.Role, AssumedRole> roles =
      Caffeine.newBuilder()
          .maximumSize(MOST_ROLES)
          .expireAfterAccess(UNUSED)
          .executor(Runnable::run)
          .build();
  private final RoleSessions sessions;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private volatile boolean closed;

  /**
   * @param upstream reaches STS
   * @param own the gateway's, which assume the roles, too
   */
  public SigningCredentials(Upstream upstream, Credentials own, Clock clock) {
    this(upstream, own, clock, System::nanoTime);
  }

  /**
   * The same.
   *
   * @param nanoTime as {@link System#nanoTime}, for the distance of sessions
   */
  SigningCredentials(Upstream upstream, Credentials own, Clock clock, LongSupplier nanoTime) {
    this.own = new Signers(own);
    RoleSessions sts = new AssumeRole(upstream, own, clock);
    this.sessions =
        role -> {
          if (closed) {
            throw new IOException("the gateway is ending");
          }
          return sts.begin(role);
        };
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * What signs a call; as a role that is not assumed yet, waits for that.
   *
   * @param caller who signed the call of the method or route, or null
   * @param deadlineNanos until when to wait, as {@link System#nanoTime} counts
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} if those of the caller are not known
   * @throws RoleNotAssumedException if there is no session of the role, or not in time
   * @throws IOException if nobody waits for it any more
   */
  public Signers of(SigningIdentity signer, @Nullable IamCaller caller, long deadlineNanos)
      throws IOException {
    return switch (signer) {
      case SigningIdentity.Gateway _ -> own;
      case SigningIdentity.Caller _ -> new Signers(CallersCredentials.of(caller));
      case SigningIdentity.Role role ->
          roles
              .get(
                  role,
                  any ->
                      new AssumedRole(
                          any, sessions, threads.of(any.sts().origin()), clock, nanoTime))
              .signers(deadlineNanos);
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
        : of(signer, caller, deadlineNanos).of(lambda);
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

  /**
   * Hears what a service answers: a role whose session it does not take is assumed anew.
   *
   * @param limit of an answer's bytes
   * @param deadlineNanos until when to read it
   * @return the answer; its content is in memory if it had to be read
   */
  public UpstreamResponse heard(
      SigningIdentity signer, UpstreamResponse answer, long limit, long deadlineNanos)
      throws IOException {
    if (!(signer instanceof SigningIdentity.Role) || !SessionRefusal.isPossible(answer.status())) {
      return answer;
    }
    byte[] content = answer.body().readAll(limit, deadlineNanos);
    heard(signer, answer.status(), content);
    return new UpstreamResponse(answer.status(), answer.headers(), Body.of(content));
  }

  /** The same of an answer that is in memory. */
  public void heard(SigningIdentity signer, int status, byte[] content) {
    if (signer instanceof SigningIdentity.Role role
        && SessionRefusal.isPossible(status)
        && SessionRefusal.isIn(content)) {
      AssumedRole assumed = roles.getIfPresent(role);
      if (assumed != null) {
        assumed.refused();
      }
    }
  }

  /** Assumes no more roles; whoever waits for one is told so. */
  @Override
  public void close() {
    closed = true;
    threads.close();
  }
}
