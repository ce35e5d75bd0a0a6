package io.portico.gateway.control.protocol;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations of a service that are built, by AWS's name. */
public final class Operations {
  private final Map<String, OperationHandler> handlers;
  private final Set<String> light;
  private final Map<String, Long> mostBytes;

  private Operations(
      Map<String, OperationHandler> handlers, Set<String> light, Map<String, Long> mostBytes) {
    this.handlers = handlers;
    this.light = light;
    this.mostBytes = mostBytes;
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

  /** The longest body of the operation, where it has a limit of its own; else null. */
  @Nullable Long mostBytes(String operation) {
    return mostBytes.get(operation);
  }

  /** The same operations, each done by what becomes of its handler. */
  public Operations wrapped(UnaryOperator<OperationHandler> wrapper) {
    Map<String, OperationHandler> wrapped = new LinkedHashMap<>();
    handlers.forEach((name, handler) -> wrapped.put(name, wrapper.apply(handler)));
    return new Operations(Map.copyOf(wrapped), light, mostBytes);
  }

  public Set<String> names() {
    return handlers.keySet();
  }

  /** Collects the operations of a service's families. */
  public static final class Builder {
    private final Map<String, OperationHandler> handlers = new LinkedHashMap<>();
    private final Set<String> light = new LinkedHashSet<>();
    private final Map<String, Long> mostBytes = new LinkedHashMap<>();

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

    /**
     * Adds one whose body may be as long as this, and not what its API allows.
     *
     * @throws IllegalStateException as {@link #add}
     */
    public Builder addBounded(String operation, long bytes, OperationHandler handler) {
      mostBytes.put(operation, bytes);
      return add(operation, handler);
    }

    public Operations build() {
      return new Operations(Map.copyOf(handlers), Set.copyOf(light), Map.copyOf(mostBytes));
    }
  }
}
