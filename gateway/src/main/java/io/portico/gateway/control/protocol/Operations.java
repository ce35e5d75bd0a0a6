package io.portico.gateway.control.protocol;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of a service that are built, by AWS's name. */
public final class Operations {
  private final Map<String, OperationHandler> handlers;
  private final Set<String> light;

  private Operations(Map<String, OperationHandler> handlers, Set<String> light) {
    this.handlers = handlers;
    this.light = light;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The operation's handler, or null where it is not built. */
  public @Nullable OperationHandler find(String operation) {
    return handlers.get(operation);
  }

  /** Whether calls of the operation may run on an event loop. */
  boolean isLight(String operation) {
    return light.contains(operation);
  }

  public Set<String> names() {
    return handlers.keySet();
  }

  /** Collects the operations of a service's families. */
  public static final class Builder {
    private final Map<String, OperationHandler> handlers = new LinkedHashMap<>();
    private final Set<String> light = new LinkedHashSet<>();

    private Builder() {}

    /**
     * @throws IllegalStateException if the operation has a handler already
     */
    public Builder add(String operation, OperationHandler handler) {
      if (handlers.putIfAbsent(operation, handler) != null) {
        throw new IllegalStateException(operation + " has two handlers");
      }
      return this;
    }

    /**
     * Adds one that is called at the data plane's rate: what is small of it runs on an event loop.
     * Its handler may wait, but computes for a moment only and uses no store, or leaves the loop
     * before.
     *
     * @throws IllegalStateException as {@link #add}
     */
    public Builder addLight(String operation, OperationHandler handler) {
      light.add(operation);
      return add(operation, handler);
    }

    public Operations build() {
      return new Operations(Map.copyOf(handlers), Set.copyOf(light));
    }
  }
}
