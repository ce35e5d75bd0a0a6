package io.portico.gateway.control.v1;

import io.portico.gateway.store.ReadTransaction;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoredRecord;
import io.portico.gateway.store.WriteTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The smallest store that keeps the port's promises: one writes at a time. */
public final class TestStore implements RecordStore {
  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::kind)
          .thenComparing(RecordKey::parent)
          .thenComparing(RecordKey::id);

  private volatile NavigableMap<RecordKey, byte[]> contents = new TreeMap<>(ORDER);
  private int writes;

  @Override
  public <T> T read(Function<ReadTransaction, T> work) {
    return work.apply(new Transaction(contents));
  }

  @Override
  public synchronized <T> T write(Function<WriteTransaction, T> work) {
    writes++;
    Transaction transaction = new Transaction(new TreeMap<>(contents));
    T result = work.apply(transaction);
    contents = transaction.contents;
    transaction.afterCommit.forEach(Runnable::run);
    return result;
  }

  /** How many records there are, whatever their kind. */
  public int size() {
    return contents.size();
  }

  /** How many writes were begun, failed ones included. */
  public synchronized int writes() {
    return writes;
  }

  /** What is stored: the same object until a write succeeds. */
  public Object state() {
    return contents;
  }

  /** Whether no write has succeeded since it was this. */
  @SuppressWarnings("ReferenceEquality") // A write makes another map
  public boolean isAt(Object state) {
    return contents == state;
  }

  /** Makes what was stored at some time what is stored now. */
  @SuppressWarnings("unchecked")
  public void restore(Object state) {
    contents = (NavigableMap<RecordKey, byte[]>) state;
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    contents.clear();
  }

  private static final class Transaction implements WriteTransaction {
    private final NavigableMap<RecordKey, byte[]> contents;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Transaction(NavigableMap<RecordKey, byte[]> contents) {
      this.contents = contents;
    }

    private static RecordKey checked(RecordKey key) {
      if (!key.isText()) {
        throw new IllegalArgumentException("no store holds a record at " + key);
      }
      return key;
    }

    @Override
    public byte @Nullable [] get(RecordKey key) {
      return contents.get(checked(key));
    }

    @Override
    public List<StoredRecord> list(String kind, String parent, String after, int limit) {
      RecordKey from = checked(new RecordKey(kind, parent, after));
      return all(kind).stream()
          .filter(stored -> stored.key().parent().equals(from.parent()))
          .filter(stored -> stored.key().id().compareTo(after) > 0)
          .limit(limit)
          .toList();
    }

    @Override
    public long count(String kind, String parent) {
      return list(kind, parent, "", Integer.MAX_VALUE).size();
    }

    @Override
    public List<StoredRecord> all(String kind) {
      return contents.entrySet().stream()
          .filter(entry -> entry.getKey().kind().equals(kind))
          .map(entry -> new StoredRecord(entry.getKey(), entry.getValue()))
          .toList();
    }

    @Override
    public void put(RecordKey key, byte[] content) {
      if (key.id().isEmpty()) {
        throw new IllegalArgumentException("no store holds a record at " + key);
      }
      contents.put(checked(key), content);
    }

    @Override
    public void delete(RecordKey key) {
      contents.remove(checked(key));
    }

    @Override
    public void deleteAll(String kind, String parent) {
      contents.keySet().removeIf(key -> key.kind().equals(kind) && key.parent().equals(parent));
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }
}
