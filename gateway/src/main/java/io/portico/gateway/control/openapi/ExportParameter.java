package io.portico.gateway.control.openapi;

import io.portico.gateway.model.MethodRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A method's request parameter as documents write it. */
record ExportParameter(String name, String in, boolean required) {
  private static final String PREFIX = "method.request.";
  private static final String RESPONSE_PREFIX = "method.response.";

  static List<ExportParameter> of(MethodRecord method) {
    List<ExportParameter> parameters = new ArrayList<>();
    if (method.requestParameters() != null) {
      for (Map.Entry<String, Boolean> entry : method.requestParameters().entrySet()) {
        String[] parts = entry.getKey().split("\\.", 4);
        if (parts.length == 4 && entry.getKey().startsWith(PREFIX)) {
          parameters.add(new ExportParameter(parts[3], in(parts[2]), entry.getValue()));
        }
      }
    }
    return parameters;
  }

  private static String in(String place) {
    return switch (place) {
      case "path" -> "path";
      case "header", "multivalueheader" -> "header";
      default -> "query";
    };
  }

  /** The header in a method response's parameter. */
  static String headerName(String parameter) {
    String[] parts = parameter.split("\\.", 4);
    return parts.length == 4 && parameter.startsWith(RESPONSE_PREFIX) ? parts[3] : parameter;
  }
}
