package io.portico.gateway.control.v1;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chance that a fuzzer decides: what draws from it turns the fuzzer's bytes into its choices. */
final class FuzzedRandom extends Random {
  private static final long serialVersionUID = 1;

  private transient @Nullable FuzzedDataProvider data;

  /** Ordinary chance until it is fed. */
  FuzzedRandom(long seed) {
    super(seed);
  }

  void feed(FuzzedDataProvider bytes) {
    data = bytes;
  }

  // Where the fuzzer's bytes are used up, it is zeros.
  @Override
  protected int next(int bits) {
    return data == null ? super.next(bits) : data.consumeInt() >>> (Integer.SIZE - bits);
  }
}
