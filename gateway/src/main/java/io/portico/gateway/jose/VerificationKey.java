package io.portico.gateway.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of an issuer that signatures are verified with, by the algorithms it is for and no others.
 */
final class VerificationKey {
  /** RFC 7518, 3.3: a key of 2048 bits or larger must be used. */
  private static final int LEAST_RSA_BITS = 2048;

  /** Larger ones take a millisecond and more. */
  private static final int MOST_RSA_BITS = 8192;

  /** As large as exponents are in practice, and quick. */
  private static final int MOST_EXPONENT_BITS = 33;

  private final Set<JwsAlgorithm> algorithms;
  private final JWSVerifier verifier;

  private VerificationKey(Set<JwsAlgorithm> algorithms, JWSVerifier verifier) {
    this.algorithms = EnumSet.copyOf(algorithms);
    this.verifier = verifier;
  }

  /**
   * A key that signatures can be verified with, or null for one that is for something else, that
   * others know the secret of, or that is too weak.
   */
  static @Nullable VerificationKey of(JWK key) {
    if (key.isPrivate() || !isForSignatures(key)) {
      return null;
    }
    try {
      return switch (key) {
        case RSAKey rsa -> of(rsa);
        case ECKey ec -> of(ec);
        default -> null;
      };
    } catch (JOSEException _) {
      return null;
    }
  }

  private static boolean isForSignatures(JWK key) {
    KeyUse use = key.getKeyUse();
    Set<KeyOperation> operations = key.getKeyOperations();
    return (use == null || use.equals(KeyUse.SIGNATURE))
        && (operations == null || operations.contains(KeyOperation.VERIFY));
  }

  private static @Nullable VerificationKey of(RSAKey key) throws JOSEException {
    RSAPublicKey open = key.toRSAPublicKey();
    BigInteger exponent = open.getPublicExponent();
    int bits = open.getModulus().bitLength();
    boolean usable =
        bits >= LEAST_RSA_BITS
            && bits <= MOST_RSA_BITS
            && exponent.bitLength() <= MOST_EXPONENT_BITS
            && exponent.testBit(0)
            && exponent.compareTo(BigInteger.ONE) > 0
            && !RocaKeys.mayHave(open.getModulus());
    Set<JwsAlgorithm> algorithms = stated(key, JwsAlgorithm.ofRsa());
    return usable && !algorithms.isEmpty()
        ? new VerificationKey(algorithms, new RSASSAVerifier(open))
        : null;
  }

  private static @Nullable VerificationKey of(ECKey key) throws JOSEException {
    Curve curve = key.getCurve();
    Set<JwsAlgorithm> algorithms = stated(key, JwsAlgorithm.of(curve));
    // That the point is on the curve, the key has been checked for as it was read.
    return algorithms.isEmpty()
        ? null
        : new VerificationKey(algorithms, new ECDSAVerifier(key.toECPublicKey()));
  }

  /** The one algorithm that the key is said to be for, or all that it can be for. */
  private static Set<JwsAlgorithm> stated(JWK key, Set<JwsAlgorithm> possible) {
    if (key.getAlgorithm() == null) {
      return possible;
    }
    JwsAlgorithm only = JwsAlgorithm.named(key.getAlgorithm().getName());
    return only != null && possible.contains(only)
        ? EnumSet.of(only)
        : EnumSet.noneOf(JwsAlgorithm.class);
  }

  /** Whether this key made a token's signature, by an algorithm that the key is for. */
  boolean verifies(SignedToken token) {
    if (!algorithms.contains(token.algorithm())) {
      return false;
    }
    try {
      return verifier.verify(token.algorithm().header(), token.signed(), token.signature());
    } catch (JOSEException _) {
      return false;
    }
  }
}
