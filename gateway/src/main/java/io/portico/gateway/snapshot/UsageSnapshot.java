package io.portico.gateway.snapshot;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The API keys and usage plans of an account in a region.
 *
 * <p>Keys are found by their value in a hash table. Its time tells a guesser nothing: a value is
 * compared only with one whose 32-bit hash is the same, which a guesser cannot aim at without
 * knowing the value.
 *
 * @param keys by value
 * @param plans by id
 */
public record UsageSnapshot(
    PersistentTable<ApiKeySnapshot> keys, PersistentTable<UsagePlanSnapshot> plans) {
  public static final UsageSnapshot EMPTY =
      new UsageSnapshot(PersistentTable.empty(), PersistentTable.empty());

  /** The key with a value, or null where none opens anything. */
  public @Nullable ApiKeySnapshot key(String value) {
    return keys.get(value);
  }

  /** The key's plan for a stage, of which there is at most one; or null. */
  public @Nullable UsagePlanSnapshot plan(ApiKeySnapshot key, String stageKey) {
    for (String id : key.usagePlans()) {
      UsagePlanSnapshot plan = plans.get(id);
      if (plan != null && plan.stages().containsKey(stageKey)) {
        return plan;
      }
    }
    return null;
  }

  /** With a changed table of keys. */
  public UsageSnapshot withKeys(UnaryOperator<PersistentTable<ApiKeySnapshot>> change) {
    return new UsageSnapshot(change.apply(keys), plans);
  }

  /** With a changed table of plans. */
  public UsageSnapshot withPlans(UnaryOperator<PersistentTable<UsagePlanSnapshot>> change) {
    return new UsageSnapshot(keys, change.apply(plans));
  }
}
