package io.portico.gateway.jose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.portico.gateway.jose.InvalidTokenException.Check;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: their form, issuer, signature and time. What they are for is not asked here.
 *
 * <p>Tokens that were verified are kept, as one is sent again and again and a signature takes long
 * compared with the rest of a request. What may change is asked of them each time: whether their
 * issuer is trusted, has the key still, and whether their time is over.
 */
public final class TokenVerifier {
  /** Characters of all the tokens that are kept: some thousands of them. */
  private static final long MOST_KEPT = 4_000_000;

  private static final Duration KEPT = Duration.ofMinutes(10);

  /** How far an issuer's clock may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final Clock clock;
  private final Set<JwsAlgorithm> algorithms;

  /** By the whole token: no part of it stands for another. */
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder()
          .maximumWeight(MOST_KEPT)
          .weigher((String token, Verified known) -> token.length())
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .build();

  public TokenVerifier(Clock clock) {
    this(clock, EnumSet.allOf(JwsAlgorithm.class));
  }

  private TokenVerifier(Clock clock, Set<JwsAlgorithm> algorithms) {
    this.clock = clock;
    this.algorithms = algorithms;
  }

  /** One that takes tokens with signatures of RSA keys alone. */
  public static TokenVerifier ofRsaAlone(Clock clock) {
    return new TokenVerifier(clock, JwsAlgorithm.ofRsa());
  }

  /**
   * A token whose signature was right.
   *
   * @param key which made it
   */
  private record Verified(Claims claims, IssuerKeys issuer, String keyId, VerificationKey key) {}

  /** The issuers that are trusted. */
  @FunctionalInterface
  public interface Issuers {

    /** The keys of an issuer, or null for one that is not trusted. */
    @Nullable IssuerKeys of(String issuer);
  }

  /**
   * What a token claims that one of the issuers has signed and whose time it is.
   *
   * @param token in compact serialization
   * @throws InvalidTokenException if it is refused
   * @throws KeysUnavailableException if its issuer's keys cannot be had
   */
  public Claims verify(String token, Issuers issuers)
      throws InvalidTokenException, KeysUnavailableException {
    Verified known = verified.getIfPresent(token);
    if (known == null || !isStillVerified(known, issuers)) {
      known = signed(token, issuers);
      checkTime(known.claims());
      verified.put(token, known);
    } else {
      checkTime(known.claims());
    }
    return known.claims();
  }

  private static boolean isStillVerified(Verified known, Issuers issuers)
      throws InvalidTokenException, KeysUnavailableException {
    return issuer(known.claims(), issuers) == known.issuer()
        && known.issuer().key(known.keyId()) == known.key();
  }

  private Verified signed(String token, Issuers issuers)
      throws InvalidTokenException, KeysUnavailableException {
    SignedToken signed = SignedToken.parse(token);
    if (!algorithms.contains(signed.algorithm())) {
      throw new InvalidTokenException(Check.FORM, "its alg is " + signed.algorithm());
    }
    Claims claims = Claims.parse(signed.payload());
    IssuerKeys keys = issuer(claims, issuers);
    VerificationKey key = keys.key(signed.keyId());
    if (key == null) {
      throw new InvalidTokenException(
          Check.KEY, keys + " has no key " + shown(signed.keyId()) + " for signatures");
    }
    if (!key.verifies(signed)) {
      throw new InvalidTokenException(Check.SIGNATURE, "its signature is not the issuer's");
    }
    return new Verified(claims, keys, signed.keyId(), key);
  }

  /** How many tokens are kept. */
  long kept() {
    return verified.estimatedSize();
  }

  private static IssuerKeys issuer(Claims claims, Issuers issuers) throws InvalidTokenException {
    String issuer = claims.text("iss");
    if (issuer == null) {
      throw new InvalidTokenException(Check.ISSUER, "it has no iss");
    }
    IssuerKeys keys = issuers.of(issuer);
    if (keys == null) {
      throw new InvalidTokenException(Check.ISSUER, "its iss is " + shown(issuer));
    }
    return keys;
  }

  private void checkTime(Claims claims) throws InvalidTokenException {
    Instant now = clock.instant();
    Instant end = claims.date("exp");
    if (end == null) {
      throw new InvalidTokenException(Check.FORM, "it has no exp");
    }
    if (!now.isBefore(end)) {
      throw new InvalidTokenException(Check.EXPIRY, "it has expired at " + end);
    }
    for (String name : new String[] {"nbf", "iat"}) {
      Instant begin = claims.date(name);
      if (begin != null && begin.isAfter(now.plus(SKEW))) {
        throw new InvalidTokenException(Check.BEGIN, "its " + name + " is " + begin);
      }
    }
  }

  /** What a token says, in a log. */
  private static String shown(String text) {
    return text.substring(0, Math.min(text.length(), 200)).replaceAll("\\p{Cntrl}", "?");
  }
}
