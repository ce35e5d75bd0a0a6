package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.ServedStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A stage as it is served now, and its routes, which are put together once, when they are first
 * asked for: of a stage that does not change, nobody asks.
 *
 * @param <S> the kind of stage
 * @param <R> its routes
 */
final class ServedRoutes<S extends ServedStage, R> {
  private final S stage;
  private final Function<S, R> making;
  private @Nullable R made;

  /**
   * @param making puts the routes together
   */
  ServedRoutes(S stage, Function<S, R> making) {
    this.stage = stage;
    this.making = making;
  }

  S stage() {
    return stage;
  }

  synchronized R routes() {
    R known = made;
    if (known == null) {
      known = making.apply(stage);
      made = known;
    }
    return known;
  }
}
