package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterPlace;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles customised gateway responses. */
final class GatewayResponseCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayResponseCompiler.class);

  private GatewayResponseCompiler() {}

  static Customised compile(GatewayResponseRecord record) {
    List<ParameterMapping> headers = headers(record);
    return new Customised(
        status(record),
        headers,
        GatewayResponseTemplates.compile(record.responseTemplates(), contentType(headers)));
  }

  /** One that ends no exchange would break the connection: the type's own stands instead. */
  private static @Nullable Integer status(GatewayResponseRecord record) {
    String status = record.statusCode();
    if (status == null || status.matches("[2-5][0-9]{2}")) {
      return status == null ? null : Integer.valueOf(status);
    }
    LOG.warn("{}: status {} left out, it is no final one", record.responseType(), status);
    return null;
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
                  .filter(mapping -> mapping.place() == ParameterPlace.HEADER)
                  .forEach(headers::add);
            } catch (InvalidExpressionException e) {
              LOG.warn(
                  "{}: parameter {} left out, {}", record.responseType(), target, e.getMessage());
            }
          });
    }
    return List.copyOf(headers);
  }

  /** The {@code Content-Type} that the parameters give every body, or null. */
  private static @Nullable String contentType(List<ParameterMapping> headers) {
    String contentType = null;
    for (ParameterMapping header : headers) {
      if (header.name().equalsIgnoreCase("Content-Type")
          && header.source() instanceof ParameterSource.Literal literal) {
        contentType = literal.text();
      }
    }
    return contentType;
  }
}
