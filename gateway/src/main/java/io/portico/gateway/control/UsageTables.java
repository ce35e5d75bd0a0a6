package io.portico.gateway.control;

import io.portico.gateway.compile.UsageCompiler;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** API keys and usage plans as the data plane looks them up. */
final class UsageTables {
  private UsageTables() {}

  /** Those of every account and region. */
  static Map<String, UsageSnapshot> all(RecordReader records) {
    Map<String, Map<String, UsagePlanSnapshot>> plans = new HashMap<>();
    for (Located<UsagePlanRecord> plan : records.all(RecordTypes.USAGE_PLAN)) {
      plans
          .computeIfAbsent(plan.key().parent(), scope -> new HashMap<>())
          .put(plan.value().id(), UsageCompiler.compile(plan.value()));
    }
    Map<String, List<String>> plansOfKeys = new HashMap<>();
    for (Located<UsagePlanKeyRecord> plan : records.all(RecordTypes.API_KEY_PLAN)) {
      plansOfKeys
          .computeIfAbsent(plan.key().parent(), key -> new ArrayList<>())
          .add(plan.value().usagePlanId());
    }
    Map<String, Map<String, ApiKeySnapshot>> keys = new HashMap<>();
    for (Located<ApiKeyRecord> key : records.all(RecordTypes.API_KEY)) {
      String scope = key.key().parent();
      ApiKeySnapshot compiled =
          UsageCompiler.compile(
              key.value(), plansOfKeys.getOrDefault(scope + "/" + key.value().id(), List.of()));
      if (compiled != null) {
        keys.computeIfAbsent(scope, ignored -> new HashMap<>()).put(compiled.value(), compiled);
      }
    }
    Set<String> scopes = new HashSet<>(plans.keySet());
    scopes.addAll(keys.keySet());
    Map<String, UsageSnapshot> usage = new HashMap<>();
    for (String scope : scopes) {
      usage.put(
          scope,
          new UsageSnapshot(
              PersistentTable.of(keys.getOrDefault(scope, Map.of())),
              PersistentTable.of(plans.getOrDefault(scope, Map.of()))));
    }
    return usage;
  }

  /** What a change of these keys makes of the table. */
  static UnaryOperator<PersistentTable<ApiKeySnapshot>> keys(
      RecordReader records, String scope, Collection<String> keyIds) {
    Map<String, @Nullable ApiKeySnapshot> changed = new LinkedHashMap<>();
    for (String id : keyIds) {
      ApiKeyRecord key =
          records
              .find(RecordTypes.API_KEY, scope, id)
              .orElseThrow(() -> new IllegalArgumentException("no API key " + id));
      changed.put(key.value(), compile(records, scope, key));
    }
    return before -> {
      PersistentTable<ApiKeySnapshot> after = before;
      for (Map.Entry<String, @Nullable ApiKeySnapshot> entry : changed.entrySet()) {
        ApiKeySnapshot key = entry.getValue();
        after = key == null ? after.without(entry.getKey()) : after.with(entry.getKey(), key);
      }
      return after;
    };
  }

  private static @Nullable ApiKeySnapshot compile(
      RecordReader records, String scope, ApiKeyRecord key) {
    List<String> plans =
        records.list(RecordTypes.API_KEY_PLAN, scope + "/" + key.id()).stream()
            .map(UsagePlanKeyRecord::usagePlanId)
            .toList();
    return UsageCompiler.compile(key, plans);
  }
}
