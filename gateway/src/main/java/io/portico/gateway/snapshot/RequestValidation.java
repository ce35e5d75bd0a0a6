package io.portico.gateway.snapshot;

import java.util.List;

/**
 * What a method demands of a request.
 *
 * @param required parameters that must be there, in the order AWS names them: header, path, query
 */
public record RequestValidation(List<RequiredParameter> required) {

  /** A method that demands nothing. */
  public static final RequestValidation NONE = new RequestValidation(List.of());

  /** Where a parameter stands in a request. */
  public enum Place {
    HEADER,
    PATH,
    QUERY_STRING
  }

  /** A parameter that must be there. */
  public record RequiredParameter(Place place, String name) {}
}
