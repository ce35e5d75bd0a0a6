package io.portico.gateway.execute;

import io.portico.gateway.snapshot.CanaryRelease;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Splits the calls of a stage between its production and its canary release, each by a chance of
 * its own. A stage without a canary is not drawn for.
 *
 * <p>AWS: at random, nobody is held to a release; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html.
 */
public final class CanarySplit {
  private final DoubleSupplier chance;

  /**
   * @param chance equally likely anywhere from 0 up to, and without, 1; asked once a call
   */
  public CanarySplit(DoubleSupplier chance) {
    this.chance = chance;
  }

  /** By chance that nobody foresees. */
  public static CanarySplit random() {
    return new CanarySplit(() -> ThreadLocalRandom.current().nextDouble());
  }

  /** What a call of the stage runs on. */
  StageSnapshot release(StageSnapshot stage) {
    CanaryRelease canary = stage.canary();
    return canary != null && canary.takes(chance.getAsDouble()) ? canary.stage() : stage;
  }
}
