package io.portico.gateway.control.openapi;

import io.portico.gateway.model.ApiDefinition;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Ids for what an import creates, none of which the API has already. */
final class FreshIds {
  private static final int ATTEMPTS = 10_000;

  private final Supplier<String> source;
  private final Set<String> taken = new HashSet<>();

  FreshIds(Supplier<String> source, ApiDefinition existing) {
    this.source = source;
    existing.resources().forEach(resource -> taken.add(resource.id()));
    existing.authorizers().forEach(authorizer -> taken.add(authorizer.id()));
    existing.models().forEach(model -> taken.add(model.id()));
    existing.requestValidators().forEach(validator -> taken.add(validator.id()));
  }

  /** An id that is there already. */
  void take(String id) {
    taken.add(id);
  }

  String next() {
    for (int i = 0; i < ATTEMPTS; i++) {
      String id = source.get();
      if (taken.add(id)) {
        return id;
      }
    }
    throw new IllegalStateException("the source of ids repeats itself");
  }
}
