package io.portico.gateway.regex;

/**
 * Counts the characters that a regular expression reads, and ends it by an exception of its own.
 */
@FunctionalInterface
public interface StepCounter {
  void step();
}
