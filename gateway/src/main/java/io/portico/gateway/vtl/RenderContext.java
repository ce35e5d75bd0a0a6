package io.portico.gateway.vtl;

import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapter;
import org.jspecify.annotations.Nullable;

/** The variables of one rendering, and its budget. */
final class RenderContext implements Context {
  private final Map<String, Object> variables;
  private final Budget budget;

  RenderContext(Map<String, ?> roots, Budget budget) {
    this.variables = new HashMap<>(roots);
    this.budget = budget;
  }

  static Budget budget(InternalContextAdapter context) {
    return ((RenderContext) context.getInternalUserContext()).budget;
  }

  @Override
  public @Nullable Object put(String key, @Nullable Object value) {
    if (value == null) {
      return variables.remove(key);
    }
    return variables.put(key, value);
  }

  @Override
  public @Nullable Object get(String key) {
    return variables.get(key);
  }

  @Override
  public boolean containsKey(String key) {
    return variables.containsKey(key);
  }

  @Override
  public String[] getKeys() {
    return variables.keySet().toArray(String[]::new);
  }

  @Override
  public @Nullable Object remove(String key) {
    return variables.remove(key);
  }
}
