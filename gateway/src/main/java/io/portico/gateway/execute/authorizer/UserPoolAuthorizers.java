package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.jose.Claims;
import io.portico.gateway.jose.InvalidTokenException;
import io.portico.gateway.jose.InvalidTokenException.Check;
import io.portico.gateway.jose.IssuerKeys;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.jose.KeysUnavailableException;
import io.portico.gateway.jose.TokenVerifier;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.regex.TooManyStepsException;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.UserPool;
import io.portico.gateway.snapshot.UserPoolAuthorizer;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * <b>Cognito user pools</b> as authorizers: a token of one of the pools lets its bearer in, an
 * identity token where the method names no scopes, an access token with one of its scopes where it
 * does.
 *
 * <p>Faults: {@code UNAUTHORIZED} for every token that is refused, which tells what is wrong with
 * it apart in the log only; {@code AUTHORIZER_CONFIGURATION_ERROR} where a pool's keys cannot be
 * had.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html">Control
 *     access to REST APIs using Amazon Cognito user pools</a>
 */
public final class UserPoolAuthorizers {
  private static final int ADMITTED = 200;
  private static final String BEARER = "Bearer ";
  private static final String TOKEN_USE = "token_use";

  /** AWS: source: reported by users, https://github.com/aws-amplify/amplify-js/issues/6060. */
  private static final String EXPIRED = "The incoming token has expired";

  /** Pools whose keys are kept at the same time, of 150 KB each where they are longest. */
  private static final int MOST_POOLS = 1000;

  private final TokenVerifier verifier;
  private final Upstream upstream;
  private final LongSupplier nanoTime;
  private final KeySetLimits limits = KeySetLimits.standard();
  private final Cache<KeySetUrl, IssuerKeys> keys;

  /**
   * @param upstream reaches the pools
   * @param clock tells whether a token's time is over
   */
  public UserPoolAuthorizers(Upstream upstream, Clock clock) {
    this(upstream, clock, System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  UserPoolAuthorizers(Upstream upstream, Clock clock, LongSupplier nanoTime) {
    this.upstream = upstream;
    this.verifier = new TokenVerifier(clock);
    this.nanoTime = nanoTime;
    // Keys that nobody has asked for so long are too old to be used.
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(MOST_POOLS)
            .expireAfterAccess(limits.stale())
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** How many pools something is kept of. */
  long pools() {
    keys.cleanUp();
    return keys.estimatedSize();
  }

  /** A token that does not let its bearer in, and how that is answered. */
  private static final class RefusedException extends Exception {
    private final transient GatewayFault fault;

    RefusedException(GatewayFault fault) {
      super(fault.reason(), null, false, false);
      this.fault = fault;
    }
  }

  /**
   * Who calls, by the token that he brings.
   *
   * @param scopes that the method names
   * @throws GatewayFault if he may not
   */
  Caller authorize(MethodMatch match, UserPoolAuthorizer authorizer, List<String> scopes) {
    Observations observations = match.invocation().observations();
    long start = System.nanoTime();
    try {
      Caller caller = Caller.ANONYMOUS.with(known(match, authorizer, scopes));
      observations.authorizerAsked(call(ADMITTED, start, null));
      observations.identified(caller);
      return caller;
    } catch (RefusedException e) {
      observations.authorizerAsked(call(e.fault.status(), start, e.fault.reason()));
      throw e.fault;
    }
  }

  /**
   * Who calls, for a test. AWS: by an identity token; source: documented,
   * https://repost.aws/knowledge-center/api-gateway-cognito-401-unauthorized.
   *
   * @throws GatewayFault if the token is none of him
   */
  KnownCaller test(MethodMatch match, UserPoolAuthorizer authorizer) {
    try {
      return new KnownCaller(known(match, authorizer, List.of()), null);
    } catch (RefusedException e) {
      throw e.fault;
    }
  }

  private static AuthorizerCall call(int status, long start, @Nullable String error) {
    return new AuthorizerCall(status, 0, System.nanoTime() - start, 0, 0, "", error);
  }

  private AuthorizerContext known(
      MethodMatch match, UserPoolAuthorizer authorizer, List<String> scopes)
      throws RefusedException {
    Invocation invocation = match.invocation();
    List<String> values = invocation.request().headers().all(authorizer.header());
    if (invocation.trace().isOn()) {
      invocation.trace().authorizerStarts(authorizer.id(), values, invocation);
    }
    Claims claims = verified(token(values, authorizer.header()), authorizer);
    checkAudience(claims, authorizer.audience(), invocation.carrier());
    checkUse(claims, scopes);
    return AuthorizerContext.ofClaims(ClaimTexts.of(claims));
  }

  /** Two tokens could be two callers, one here and another behind. */
  private static String token(List<String> values, String header) throws RefusedException {
    if (values.size() != 1 || values.getFirst().isBlank()) {
      throw refused(
          FaultCause.TOKEN_MISSING,
          values.size() > 1 ? "several headers " + header : "no token in the header " + header);
    }
    String value = values.getFirst();
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : value;
  }

  /** What a token of one of the pools claims. */
  private Claims verified(String token, UserPoolAuthorizer authorizer) throws RefusedException {
    try {
      return verifier.verify(token, issuer -> keysOf(authorizer.pool(issuer)));
    } catch (InvalidTokenException e) {
      String why = "the token is refused: " + e.getMessage();
      throw e.check() == Check.EXPIRY ? expired(why) : refused(FaultCause.TOKEN_REFUSED, why);
    } catch (KeysUnavailableException e) {
      // AWS: the type for an authorizer that cannot be connected to; source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html.
      throw new RefusedException(
          new GatewayFault(
                  GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
                  FaultCause.TOKEN_KEYS_UNAVAILABLE)
              .because("the keys of the user pool cannot be had: " + e.getMessage())
              .telling("The keys of the user pool cannot be had"));
    }
  }

  private @Nullable IssuerKeys keysOf(@Nullable UserPool pool) {
    return pool == null
        ? null
        : keys.get(pool.keys(), url -> new IssuerKeys(url, upstream, limits, nanoTime));
  }

  /**
   * AWS: the expression is for {@code aud}; source: documented, CreateAuthorizer. An access token
   * has none: that its {@code client_id}, which is what an identity token has there, takes its
   * place is assumed.
   */
  private static void checkAudience(
      Claims claims, @Nullable BoundedPattern audience, Carrier carrier) throws RefusedException {
    if (audience == null) {
      return;
    }
    for (String name : claims.texts(claims.json().has("aud") ? "aud" : "client_id")) {
      if (matches(audience, name, carrier)) {
        return;
      }
    }
    throw refused(FaultCause.TOKEN_REFUSED, "its audience does not match " + audience);
  }

  private static boolean matches(BoundedPattern audience, String name, Carrier carrier) {
    try {
      return audience.matches(name, carrier);
    } catch (TooManyStepsException _) {
      // Not known to match.
      return false;
    }
  }

  /**
   * AWS: what a token is taken for, the method's scopes say, and a token without any of them is
   * answered 401; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html.
   */
  private static void checkUse(Claims claims, List<String> scopes) throws RefusedException {
    String use = scopes.isEmpty() ? "id" : "access";
    if (!use.equals(claims.text(TOKEN_USE))) {
      throw refused(
          FaultCause.TOKEN_REFUSED,
          scopes.isEmpty()
              ? "the method names no scopes, and token_use is not id"
              : "the method names scopes, and token_use is not access");
    }
    if (!scopes.isEmpty() && !hasOneOf(scopes, claims.text("scope"))) {
      throw refused(FaultCause.TOKEN_SCOPES, "the token has none of the scopes " + scopes);
    }
  }

  private static boolean hasOneOf(List<String> scopes, @Nullable String claimed) {
    return claimed != null && Arrays.stream(claimed.split(" ", -1)).anyMatch(scopes::contains);
  }

  private static RefusedException refused(FaultCause cause, String why) {
    return refused(new GatewayFault(GatewayResponseType.UNAUTHORIZED, cause), why);
  }

  private static RefusedException expired(String why) {
    return refused(
        new GatewayFault(GatewayResponseType.UNAUTHORIZED, FaultCause.TOKEN_EXPIRED, EXPIRED), why);
  }

  /** The gateway's log and a test's are told why, and no client. */
  private static RefusedException refused(GatewayFault fault, String why) {
    return new RefusedException(fault.because(why).telling(why));
  }
}
