package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.LogDestination;

/** Takes the lines of access logs. */
public interface AccessLogSink {
  /** No place. */
  int NONE = 0;

  /**
   * Makes sure of a place for the line of a call that begins, where lines must not be dropped: may
   * wait for it. On the call's own thread.
   *
   * @return the places there are, for {@link #accept} to use up; {@value #NONE} for none
   */
  default int reserve(LogDestination destination) {
    return NONE;
  }

  /**
   * Takes a line, or drops it. Called on event loops: it does not block.
   *
   * @param reserved the places there are for it
   */
  void accept(AccessLine line, int reserved);
}
