package io.portico.gateway.compile;

import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.snapshot.ParameterPlace;
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
    for (ParameterPlace place : ParameterPlace.values()) {
      String prefix = "method.request." + ParameterExpressions.word(place) + ".";
      parameters.forEach(
          (name, isRequired) -> {
            if (isRequired && name.startsWith(prefix)) {
              required.add(new RequiredParameter(place, name.substring(prefix.length())));
            }
          });
    }
    return List.copyOf(required);
  }
}
