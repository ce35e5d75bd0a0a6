package io.portico.gateway.snapshot;

/** What a stage's settings have an <b>execution log</b> say of the calls of a method or route. */
public enum ExecutionLogging {
  /** Nothing: there is none. */
  OFF,
  /** What went wrong. */
  ERROR,
  /** What was done, step by step. */
  INFO,
  /** The same with headers, parameters and content ({@code dataTraceEnabled}). */
  DATA_TRACE
}
