package io.portico.gateway.control.v1;

/** What is kept of stages' answers. The wiring fills it: what keeps them is not known here. */
@FunctionalInterface
public interface StageCaches {

  /** Gives up what is kept of a stage. When this returns, no call is answered from it. */
  void flush(String apiId, String stageName);
}
