package io.portico.lambda.environment;

import java.util.Optional;

/**
 * An invocation that waits for an environment, or for the word to make one.
 *
 * @param environment empty for the word to make one
 * @param ahead how many waited before it
 * @param served how many had got theirs by then
 */
record Turn(Awaited<Optional<ExecutionEnvironment>> environment, int ahead, long served) {

  /** One that waits behind so many. */
  static Turn behind(int ahead, long served) {
    return new Turn(new Awaited<>(), ahead, served);
  }

  /**
   * Whether it comes within the next moment, at the pace of those that are over.
   *
   * @param servedNow how many have got theirs by now
   * @param moments how long it has waited, at least 1
   */
  boolean comesSoon(long servedNow, int moments) {
    long gone = servedNow - served;
    return (ahead - gone + 1) * moments <= gone;
  }
}
