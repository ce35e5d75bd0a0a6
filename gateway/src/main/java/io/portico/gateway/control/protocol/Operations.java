package io.portico.gateway.control.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of a service that are built, by AWS's name. */
public final class Operations {
  private final Map<String, OperationHandler> handlers;

  private Operations(Map<String, OperationHandler> handlers) {
    this.handlers = handlers;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The operation's handler, or null where it is not built. */
  public @Nullable OperationHandler find(String operation) {
    return handlers.get(operation);
  }

  public Set<String> names() {
    return handlers.keySet();
  }

  /** Collects the operations of a service's families. */
  public static final class Builder {
    private final Map<String, OperationHandler> handlers = new LinkedHashMap<>();

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

    public Operations build() {
      return new Operations(Map.copyOf(handlers));
    }
  }
}
