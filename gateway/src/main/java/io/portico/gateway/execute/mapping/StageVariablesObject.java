package io.portico.gateway.execute.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $stageVariables} in a template; one that is not there prints as nothing. */
final class StageVariablesObject extends NamedValues {
  private final Map<String, String> variables;

  StageVariablesObject(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  List<String> names() {
    return List.copyOf(variables.keySet());
  }

  @Override
  public @Nullable Object property(String name) {
    return variables.get(name);
  }
}
