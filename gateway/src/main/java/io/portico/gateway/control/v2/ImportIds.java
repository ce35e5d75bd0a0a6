package io.portico.gateway.control.v2;

import io.portico.gateway.control.v2.openapi.NewIds;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.store.RecordReader;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Ids that neither the API has already nor anything else of the same import. */
final class ImportIds implements NewIds {
  private static final int ATTEMPTS = 10_000;

  private final V2Environment environment;
  private final RecordReader records;
  private final ApiRecord api;
  private final Set<String> taken = new HashSet<>();

  ImportIds(V2Environment environment, RecordReader records, ApiRecord api) {
    this.environment = environment;
    this.records = records;
    this.api = api;
  }

  @Override
  public String route() {
    return fresh(() -> Ids.route(environment, records, api));
  }

  @Override
  public String integration() {
    return fresh(() -> Ids.integration(environment, records, api));
  }

  @Override
  public String authorizer() {
    return fresh(() -> Ids.authorizer(environment, records, api));
  }

  private String fresh(Supplier<String> source) {
    for (int i = 0; i < ATTEMPTS; i++) {
      String id = source.get();
      if (taken.add(id)) {
        return id;
      }
    }
    throw new IllegalStateException("the source of ids repeats itself");
  }
}
