package io.portico.gateway.snapshot;

/** Which of a stage's releases a snapshot is of. */
public enum Release {
  /** The only one: the stage has no canary. */
  SOLE,
  /** The production release of a stage that has a canary. */
  PRODUCTION,
  /** The canary release. */
  CANARY
}
