package io.portico.gateway.compile;

import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.snapshot.RequestValidation.Place;
import io.portico.gateway.snapshot.RequestValidation.RequiredParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parameters a method requires. */
final class RequestContract {
  private RequestContract() {}

  /** In the order AWS names them: header, path, query string; recorded, facts RTE-09. */
  static List<RequiredParameter> required(MethodRecord method) {
    Map<String, Boolean> parameters = method.requestParameters();
    if (parameters == null) {
      return List.of();
    }
    List<RequiredParameter> required = new ArrayList<>();
    for (Place place : Place.values()) {
      String prefix = "method.request." + word(place) + ".";
      parameters.forEach(
          (name, isRequired) -> {
            if (isRequired && name.startsWith(prefix)) {
              required.add(new RequiredParameter(place, name.substring(prefix.length())));
            }
          });
    }
    return List.copyOf(required);
  }

  private static String word(Place place) {
    return switch (place) {
      case HEADER -> "header";
      case PATH -> "path";
      case QUERY_STRING -> "querystring";
    };
  }
}
