package io.portico.gateway.snapshot.httpapi;

import java.util.List;
import java.util.Map;

/**
 * The parameter mappings of an integration.
 *
 * @param request those of requests
 * @param responses those of answers, by their status
 */
public record ParameterChanges(
    List<ParameterChange> request, Map<Integer, List<ParameterChange>> responses) {
  public static final ParameterChanges NONE = new ParameterChanges(List.of(), Map.of());

  /** Whether requests are changed by what their content says. */
  public boolean readsRequest() {
    return request.stream().anyMatch(ParameterChange::readsRequest);
  }

  /** Whether an answer is changed by what its content says. */
  public boolean readsResponse() {
    return responses.values().stream()
        .flatMap(List::stream)
        .anyMatch(ParameterChange::readsResponse);
  }

  /** Those of an answer with that status; most often there are none. */
  public List<ParameterChange> of(int status) {
    return responses.isEmpty() ? List.of() : responses.getOrDefault(status, List.of());
  }
}
