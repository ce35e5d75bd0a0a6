package io.portico.gateway.jose;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * RSA keys of a library whose primes are powers of 65537 modulo many small primes, plus a multiple
 * of their product: their secrets can be computed (CVE-2017-15361, ROCA). The modulus of such a key
 * is a power of 65537 modulo each of them, which that of another hardly ever is.
 */
final class RocaKeys {
  private static final int GENERATOR = 65537;
  private static final int[] PRIMES = {
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167
  };

  private static final Map<BigInteger, BitSet> POWERS = powers();

  private RocaKeys() {}

  /** Whether a modulus has the library's mark. */
  static boolean mayHave(BigInteger modulus) {
    return POWERS.entrySet().stream()
        .allMatch(powers -> powers.getValue().get(modulus.mod(powers.getKey()).intValue()));
  }

  private static Map<BigInteger, BitSet> powers() {
    Map<BigInteger, BitSet> powers = new LinkedHashMap<>();
    for (int prime : PRIMES) {
      BitSet reached = new BitSet(prime);
      int power = 1;
      while (!reached.get(power)) {
        reached.set(power);
        power = (int) ((long) power * GENERATOR % prime);
      }
      powers.put(BigInteger.valueOf(prime), reached);
    }
    return powers;
  }
}
