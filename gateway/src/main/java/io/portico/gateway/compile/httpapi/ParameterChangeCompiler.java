package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.ParameterChange;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Action;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles parameter mappings. */
final class ParameterChangeCompiler {
  private ParameterChangeCompiler() {}

  static ParameterChanges compile(IntegrationRecord record) throws UnusableException {
    return new ParameterChanges(changes(record.requestParameters(), false), responses(record));
  }

  /** Those of answers alone: the parameters of requests are those of a service's action. */
  static ParameterChanges ofAnswers(IntegrationRecord record) throws UnusableException {
    return new ParameterChanges(List.of(), responses(record));
  }

  private static Map<Integer, List<ParameterChange>> responses(IntegrationRecord record)
      throws UnusableException {
    Map<Integer, List<ParameterChange>> responses = new HashMap<>();
    Map<String, Map<String, String>> configured = record.responseParameters();
    if (configured != null) {
      for (Map.Entry<String, Map<String, String>> status : configured.entrySet()) {
        responses.put(status(status.getKey()), changes(status.getValue(), true));
      }
    }
    return Map.copyOf(responses);
  }

  private static int status(String key) throws UnusableException {
    if (!key.matches("[2-5][0-9]{2}")) {
      throw new UnusableException("no status code of an answer: " + key);
    }
    return Integer.parseInt(key);
  }

  private static List<ParameterChange> changes(
      @Nullable Map<String, String> configured, boolean response) throws UnusableException {
    List<ParameterChange> changes = new ArrayList<>();
    if (configured != null) {
      for (Map.Entry<String, String> change : configured.entrySet()) {
        changes.add(change(change.getKey(), change.getValue(), response));
      }
    }
    return List.copyOf(changes);
  }

  private static ParameterChange change(String written, String value, boolean response)
      throws UnusableException {
    MappingKey key = response ? MappingKey.ofResponse(written) : MappingKey.ofRequest(written);
    if (key == null) {
      throw new UnusableException(
          "no mapping of a " + (response ? "response: " : "request: ") + written);
    }
    if (key.place() == Place.HEADER && ReservedHeaders.has(key.name())) {
      throw new UnusableException("the header is reserved: " + key.name());
    }
    return new ParameterChange(
        key.action(),
        key.place(),
        key.name(),
        key.action() == Action.REMOVE ? List.of() : value(value, response));
  }

  private static List<ParameterSource> value(String value, boolean response)
      throws UnusableException {
    return (response ? MappingExpression.ofResponse(value) : MappingExpression.ofRequest(value))
        .pieces();
  }
}
