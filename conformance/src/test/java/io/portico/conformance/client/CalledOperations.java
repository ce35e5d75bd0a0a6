package io.portico.conformance.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The operations that answered a client without an error. */
final class CalledOperations {
  private final Map<AwsService, SortedSet<String>> byService = new EnumMap<>(AwsService.class);

  synchronized void add(AwsService service, String operation) {
    byService.computeIfAbsent(service, key -> new TreeSet<>()).add(operation);
  }

  synchronized SortedSet<String> of(AwsService service) {
    return new TreeSet<>(byService.getOrDefault(service, new TreeSet<>()));
  }
}
