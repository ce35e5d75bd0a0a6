package io.portico.gateway.control.v2;

/** What authorizers have answered, kept by those that serve. The wiring fills it. */
@FunctionalInterface
public interface AuthorizerCaches {

  /**
   * Forgets what was answered for a stage.
   *
   * @param stageKey as {@code compile.StageKey} makes it
   */
  void flush(String stageKey);
}
