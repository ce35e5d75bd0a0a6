package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.ServedStage;

/** The meters of one stage, whatever the kind of its API. */
interface StageMeters extends Telemetry.Ending {

  void began();

  String apiId();

  String stageName();

  /** The stage is another one now, or the same. */
  void serves(ServedStage stage);

  void remove();
}
