package io.portico.lambda.model;

/**
 * What is to happen to a function that invokes itself by way of another service.
 *
 * @param recursiveLoop {@code Allow} or {@code Terminate}
 */
public record RecursionRecord(String recursiveLoop) {

  /** Whether it is to be stopped. */
  public boolean endsLoops() {
    return !recursiveLoop.equals("Allow");
  }
}
