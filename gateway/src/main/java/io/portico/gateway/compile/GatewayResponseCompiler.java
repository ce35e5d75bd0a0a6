package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterMapping.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles customised gateway responses. */
final class GatewayResponseCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayResponseCompiler.class);

  private GatewayResponseCompiler() {}

  static Customised compile(GatewayResponseRecord record) {
    String status = record.statusCode();
    return new Customised(
        status != null && status.matches("[1-5][0-9]{2}") ? Integer.valueOf(status) : null,
        headers(record),
        Templates.compile(record.responseTemplates()));
  }

  /** A failure is answered whatever its parameters are: one that cannot be read is left out. */
  private static List<ParameterMapping> headers(GatewayResponseRecord record) {
    Map<String, String> parameters = record.responseParameters();
    List<ParameterMapping> headers = new ArrayList<>();
    if (parameters != null) {
      parameters.forEach(
          (target, source) -> {
            try {
              ParameterExpressions.mappings(Map.of(target, source), "gatewayresponse.").stream()
                  .filter(mapping -> mapping.place() == Place.HEADER)
                  .forEach(headers::add);
            } catch (InvalidExpressionException e) {
              LOG.warn(
                  "{}: parameter {} left out, {}", record.responseType(), target, e.getMessage());
            }
          });
    }
    return List.copyOf(headers);
  }
}
