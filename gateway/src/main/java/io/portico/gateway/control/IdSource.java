package io.portico.gateway.control;

/** Where new ids come from. */
@FunctionalInterface
public interface IdSource {

  /**
   * A new id of lower-case letters and digits: 10 for an API, 6 for what belongs to one, as AWS
   * makes them.
   */
  String next(int length);
}
