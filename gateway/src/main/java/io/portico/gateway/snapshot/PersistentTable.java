package io.portico.gateway.snapshot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table of which a changed copy is cheap: entries lie in buckets by their key's
 * hash, and a copy shares every bucket but one. A change among 10,000 entries copies some fifty of
 * them.
 */
public final class PersistentTable<V> {
  /** So many that a bucket of 100,000 entries holds a few hundred. */
  private static final int BUCKETS = 256;

  /** Copies of {@link Map#copyOf}: a node for each entry would most often not be in the cache. */
  private final Map<String, V>[] buckets;

  private PersistentTable(Map<String, V>[] buckets) {
    this.buckets = buckets;
  }

  public static <V> PersistentTable<V> empty() {
    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types
    Map<String, V>[] buckets = new Map[BUCKETS];
    Arrays.fill(buckets, Map.of());
    return new PersistentTable<>(buckets);
  }

  /** A table of all these entries, made at once. */
  public static <V> PersistentTable<V> of(Map<String, V> entries) {
    Map<Integer, Map<String, V>> changed = new HashMap<>();
    entries.forEach(
        (key, value) ->
            changed.computeIfAbsent(bucket(key), none -> new HashMap<>()).put(key, value));
    PersistentTable<V> table = empty();
    changed.forEach((bucket, content) -> table.buckets[bucket] = Map.copyOf(content));
    return table;
  }

  public @Nullable V get(String key) {
    return buckets[bucket(key)].get(key);
  }

  /** This table with an entry added or replaced. */
  public PersistentTable<V> with(String key, V value) {
    Map<String, V> changed = new HashMap<>(buckets[bucket(key)]);
    changed.put(key, value);
    return with(bucket(key), changed);
  }

  /** This table without an entry. */
  public PersistentTable<V> without(String key) {
    if (get(key) == null) {
      return this;
    }
    Map<String, V> changed = new HashMap<>(buckets[bucket(key)]);
    changed.remove(key);
    return with(bucket(key), changed);
  }

  private PersistentTable<V> with(int bucket, Map<String, V> changed) {
    Map<String, V>[] copy = buckets.clone();
    copy[bucket] = Map.copyOf(changed);
    return new PersistentTable<>(copy);
  }

  /** The upper bits of a text's hash differ little: they are mixed in. */
  private static int bucket(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> 24;
  }

  /** All entries, in no order. */
  public Stream<V> values() {
    return Stream.of(buckets).flatMap(bucket -> bucket.values().stream());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PersistentTable<?> table && Arrays.equals(buckets, table.buckets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(buckets);
  }

  /** How many entries there are; what they are may be secret. */
  @Override
  public String toString() {
    return "PersistentTable[" + values().count() + "]";
  }
}
