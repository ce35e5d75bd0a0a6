package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.jose.Claims;
import io.portico.gateway.jose.InvalidTokenException;
import io.portico.gateway.jose.IssuerKeys;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.jose.KeySetUrl;
import io.portico.gateway.jose.KeysUnavailableException;
import io.portico.gateway.jose.TokenVerifier;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.JwtAuthorizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * <b>JWT authorizers</b>: a token of an issuer lets its bearer in, for whom it is and with one of
 * the scopes that the route names.
 *
 * <p>Faults: {@code UNAUTHORIZED}, also where an issuer's keys cannot be had; {@code ACCESS_DENIED}
 * for a token without the scopes. Both say in {@code WWW-Authenticate} what is wrong.
 *
 * <p>AWS: the words for an audience that is another are documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html;
 * those for a token that has expired and for an issuer that cannot be reached are reported by
 * users; the others are Portico's own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">
 *     Control access to HTTP APIs with JWT authorizers</a>
 */
public final class JwtAuthorizers {
  private static final int ADMITTED = 200;
  private static final String BEARER = "Bearer ";

  /** Issuers whose keys are kept at the same time, of 150 KB each where they are longest. */
  private static final int MOST_ISSUERS = 1000;

  private final TokenVerifier verifier;
  private final Upstream upstream;
  private final LongSupplier nanoTime;
  private final KeySetLimits limits;
  private final Cache<KeysOf, IssuerKeys> keys;

  /**
   * Whose keys they are.
   *
   * @param issuer what the document has to call itself; null where it is the key set
   */
  private record KeysOf(KeySetUrl url, @Nullable String issuer) {}

  /**
   * @param upstream reaches the issuers
   * @param limits of what is fetched from them
   * @param clock tells whether a token's time is over
   * @param nanoTime tells how old keys are, as {@link System#nanoTime}
   */
  public JwtAuthorizers(
      Upstream upstream, KeySetLimits limits, Clock clock, LongSupplier nanoTime) {
    this.upstream = upstream;
    this.limits = limits;
    // AWS: RSA alone; source: documented, see the class.
    this.verifier = TokenVerifier.ofRsaAlone(clock);
    this.nanoTime = nanoTime;
    // Keys that nobody has asked for so long are too old to be used.
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(MOST_ISSUERS)
            .expireAfterAccess(limits.stale())
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
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
   * @param scopes that the route names
   * @throws GatewayFault if he may not
   */
  public Caller authorize(RouteMatch match, JwtAuthorizer authorizer, List<String> scopes) {
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

  private static AuthorizerCall call(int status, long start, @Nullable String error) {
    return new AuthorizerCall(status, 0, System.nanoTime() - start, 0, 0, "", error);
  }

  private AuthorizerContext known(RouteMatch match, JwtAuthorizer authorizer, List<String> scopes)
      throws RefusedException {
    String token = token(authorizer.identitySource(), match.invocation());
    Claims claims = verified(token, authorizer, scopes);
    checkAudience(claims, authorizer.audience(), scopes);
    List<String> granted = granted(claims);
    if (!scopes.isEmpty() && Collections.disjoint(scopes, granted)) {
      throw new RefusedException(
          new GatewayFault(GatewayResponseType.ACCESS_DENIED, FaultCause.TOKEN_SCOPES)
              .because("the token has none of the scopes " + scopes)
              .challenging(
                  challenge(
                      scopes,
                      "insufficient_scope",
                      "the token does not have a scope of the route")));
    }
    return AuthorizerContext.ofToken(
        JwtClaimTexts.of(claims),
        // AWS: none where the route names none; source: events that users have published,
        // https://github.com/DefinitelyTyped/DefinitelyTyped/pull/75458.
        scopes.isEmpty() ? null : granted);
  }

  /**
   * Two tokens could be two callers, one here and another behind.
   *
   * <p>AWS: one that is not there is challenged in a word; source: reported by users.
   */
  private static String token(ParameterSource source, Invocation invocation)
      throws RefusedException {
    List<String> values =
        switch (source) {
          case ParameterSource.RequestHeader header ->
              invocation.request().headers().all(header.name());
          case ParameterSource.QueryString query ->
              new QueryString(invocation.request().rawQuery()).all(query.name());
          default -> List.of();
        };
    if (values.size() != 1 || values.getFirst().isBlank()) {
      throw new RefusedException(
          new GatewayFault(GatewayResponseType.UNAUTHORIZED, FaultCause.TOKEN_MISSING)
              .because(values.size() > 1 ? "several tokens" : "no token")
              .challenging("Bearer"));
    }
    String value = values.getFirst().strip();
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : value;
  }

  private Claims verified(String token, JwtAuthorizer authorizer, List<String> scopes)
      throws RefusedException {
    try {
      return verifier.verify(
          token, issuer -> authorizer.issuers().contains(issuer) ? keysOf(authorizer) : null);
    } catch (InvalidTokenException e) {
      throw refused(
          e.check() == InvalidTokenException.Check.EXPIRY
              ? FaultCause.TOKEN_EXPIRED
              : FaultCause.TOKEN_REFUSED,
          scopes,
          description(e.check()),
          "the token is refused: " + e.getMessage());
    } catch (KeysUnavailableException e) {
      throw refused(
          FaultCause.TOKEN_KEYS_UNAVAILABLE,
          scopes,
          authorizer.discovered()
              ? "OIDC discovery endpoint communication error"
              : "JWKS communication error",
          "the keys of the issuer cannot be had: " + e.getMessage());
    }
  }

  private static String description(InvalidTokenException.Check check) {
    return switch (check) {
      case FORM -> "the token is not well-formed";
      case ISSUER -> "the token does not have a valid issuer";
      case KEY -> "the token is signed by an unknown key";
      case SIGNATURE -> "the token does not have a valid signature";
      case EXPIRY -> "the token has expired";
      case BEGIN -> "the token is not valid yet";
    };
  }

  private IssuerKeys keysOf(JwtAuthorizer authorizer) {
    KeysOf of =
        new KeysOf(
            authorizer.keys(), authorizer.discovered() ? authorizer.issuers().getFirst() : null);
    return keys.get(
        of,
        wanted ->
            wanted.issuer == null
                ? new IssuerKeys(wanted.url, upstream, limits, nanoTime)
                : IssuerKeys.discovered(wanted.url, wanted.issuer, upstream, limits, nanoTime));
  }

  /** AWS: {@code client_id} counts where there is no {@code aud}; source: documented, see above. */
  private static void checkAudience(Claims claims, List<String> audience, List<String> scopes)
      throws RefusedException {
    List<String> said = claims.texts(claims.json().has("aud") ? "aud" : "client_id");
    if (Collections.disjoint(audience, said)) {
      throw refused(
          FaultCause.TOKEN_REFUSED,
          scopes,
          "the token does not have a valid audience",
          "the token's audience is none of " + audience);
    }
  }

  /** AWS: those in {@code scope} or {@code scp}; source: documented, see the class. */
  private static List<String> granted(Claims claims) {
    List<String> granted = new ArrayList<>();
    for (String name : List.of("scope", "scp")) {
      for (String text : claims.texts(name)) {
        for (String scope : text.split(" ", -1)) {
          if (!scope.isEmpty()) {
            granted.add(scope);
          }
        }
      }
    }
    return List.copyOf(granted);
  }

  private static RefusedException refused(
      FaultCause cause, List<String> scopes, String told, String why) {
    return new RefusedException(
        new GatewayFault(GatewayResponseType.UNAUTHORIZED, cause)
            .because(why)
            .challenging(challenge(scopes, "invalid_token", told)));
  }

  private static String challenge(List<String> scopes, String error, String description) {
    return "Bearer scope="
        + quoted(String.join(" ", scopes))
        + " error="
        + quoted(error)
        + " error_description="
        + quoted(description);
  }

  /** A quoted string (RFC 9110, 5.6.4), whatever the text. */
  private static String quoted(String text) {
    String value = FieldText.octets(HeaderText.value(text));
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
