package io.portico.gateway.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map in the order of insertion that takes little memory while it is small: up to eight entries
 * stand in one array and are looked for one by one; from the ninth on they are in a {@link
 * LinkedHashMap}. Keys are not null. Like that one it is for one thread at a time; unlike its
 * iterators, those here do not notice changes beside them.
 */
public final class SmallMap<K, V extends @Nullable Object> extends AbstractMap<K, V> {
  private static final int MOST = 8;
  private static final @Nullable Object[] NONE = {};

  /** Keys at even places, each with its value behind it. */
  private @Nullable Object[] slots = NONE;

  private int size;
  private @Nullable Map<K, V> large;

  public SmallMap() {}

  /** A copy. */
  public SmallMap(Map<? extends K, ? extends V> entries) {
    entries.forEach(this::put);
  }

  @Override
  public int size() {
    return large == null ? size : large.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return large == null ? index(key) >= 0 : large.containsKey(key);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    if (large != null) {
      return large.get(key);
    }
    int index = index(key);
    return index < 0 ? null : value(index);
  }

  @Override
  public @Nullable V put(K key, V value) {
    if (large != null) {
      return large.put(key, value);
    }
    int index = index(key);
    if (index >= 0) {
      return setValue(index, value);
    }
    if (size == MOST) {
      large = new LinkedHashMap<>(this);
      slots = NONE;
      return large.put(key, value);
    }
    int place = 2 * size;
    if (place == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(2, 2 * place));
    }
    slots[place] = key;
    slots[place + 1] = value;
    size++;
    return null;
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    if (large != null) {
      return large.remove(key);
    }
    int index = index(key);
    if (index < 0) {
      return null;
    }
    V removed = value(index);
    removeAt(index);
    return removed;
  }

  @Override
  public void clear() {
    slots = NONE;
    size = 0;
    large = null;
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return large == null ? new Entries() : large.entrySet();
  }

  private int index(@Nullable Object key) {
    for (int i = 0; i < size; i++) {
      if (Objects.equals(slots[2 * i], key)) {
        return i;
      }
    }
    return -1;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Below size there are keys.
  private K key(int index) {
    return (K) slots[2 * index];
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Behind a key is its value.
  private V value(int index) {
    return (V) slots[2 * index + 1];
  }

  private V setValue(int index, V value) {
    V before = value(index);
    slots[2 * index + 1] = value;
    return before;
  }

  private void removeAt(int index) {
    System.arraycopy(slots, 2 * index + 2, slots, 2 * index, 2 * (size - index - 1));
    size--;
    Arrays.fill(slots, 2 * size, 2 * size + 2, null);
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return size;
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < size;
        }

        @Override
        public Map.Entry<K, V> next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return new SmallEntry(next++);
        }

        @Override
        public void remove() {
          removeAt(--next);
        }
      };
    }
  }

  /** An entry whose value can be set in the map. */
  private final class SmallEntry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1;
    private final int index;

    SmallEntry(int index) {
      super(key(index), value(index));
      this.index = index;
    }

    @Override
    public V setValue(V value) {
      SmallMap.this.setValue(index, value);
      return super.setValue(value);
    }
  }
}
