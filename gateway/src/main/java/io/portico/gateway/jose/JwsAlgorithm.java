package io.portico.gateway.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that tokens may have: those whose keys an issuer can publish. Neither
 * {@code none} nor those of secrets ({@code HS256}, ...) are among them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518, 3.1</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // Both fields are immutable, but not marked so.
enum JwsAlgorithm {
  RS256(JWSAlgorithm.RS256, null),
  RS384(JWSAlgorithm.RS384, null),
  RS512(JWSAlgorithm.RS512, null),
  PS256(JWSAlgorithm.PS256, null),
  PS384(JWSAlgorithm.PS384, null),
  PS512(JWSAlgorithm.PS512, null),
  ES256(JWSAlgorithm.ES256, Curve.P_256),
  ES384(JWSAlgorithm.ES384, Curve.P_384),
  ES512(JWSAlgorithm.ES512, Curve.P_521);

  private final JWSHeader header;
  private final @Nullable Curve curve;

  JwsAlgorithm(JWSAlgorithm algorithm, @Nullable Curve curve) {
    this.header = new JWSHeader(algorithm);
    this.curve = curve;
  }

  /** The algorithm of a name, case-sensitive; or null. */
  static @Nullable JwsAlgorithm named(String name) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** Those of RSA keys. */
  static Set<JwsAlgorithm> ofRsa() {
    return EnumSet.range(RS256, PS512);
  }

  /** The one of keys on a curve, or none. */
  static Set<JwsAlgorithm> of(Curve curve) {
    Set<JwsAlgorithm> algorithms = EnumSet.noneOf(JwsAlgorithm.class);
    for (JwsAlgorithm algorithm : values()) {
      if (curve.equals(algorithm.curve)) {
        algorithms.add(algorithm);
      }
    }
    return algorithms;
  }

  /** A header that says this algorithm and nothing else. */
  JWSHeader header() {
    return header;
  }
}
