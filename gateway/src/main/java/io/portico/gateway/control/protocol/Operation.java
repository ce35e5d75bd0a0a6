package io.portico.gateway.control.protocol;

import java.util.List;
import java.util.Map;

/**
 * An operation of AWS's service model.
 *
 * @param name such as {@code CreateRestApi}
 * @param method the HTTP method
 * @param path the segments of its URI, each a literal or a {@code {label}}
 * @param query the constant part of its query: what tells ImportRestApi from CreateRestApi
 * @param status of a success
 * @param input what it takes
 * @param output what it answers; {@link Shape.Structure#NONE} where it answers nothing
 * @param errors names of what it may fail with
 */
record Operation(
    String name,
    String method,
    List<String> path,
    Map<String, String> query,
    int status,
    Shape.Structure input,
    Shape.Structure output,
    List<String> errors) {

  /** Whether the model has an output for it, be it one without members. */
  boolean hasOutput() {
    return !output.equals(Shape.Structure.NONE);
  }

  /** Whether the answer has a body. */
  boolean answersBody() {
    return !output.members().isEmpty();
  }
}
