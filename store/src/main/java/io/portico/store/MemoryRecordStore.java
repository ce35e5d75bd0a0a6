package io.portico.store;

import io.portico.gateway.store.ReadTransaction;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.store.StoredRecord;
import io.portico.gateway.store.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory, gone with the process: the store of an ephemeral gateway. Committed state is
 * one immutable tree; a reader holds the tree it began with, a writer works on trees of its own.
 */
public final class MemoryRecordStore implements RecordStore {
  private final WriterLock writerLock = new WriterLock();
  private volatile @Nullable SortedTree<RecordKey, byte[]> committed =
      SortedTree.empty(KeyOrder.KEYS);

  @Override
  public <T> T read(Function<ReadTransaction, T> work) {
    View view = new View(current());
    try {
      return work.apply(view);
    } finally {
      view.ended();
    }
  }

  @Override
  public <T> T write(Function<WriteTransaction, T> work) {
    return writerLock.alone(
        () -> {
          Change change = new Change(current());
          T result;
          try {
            result = work.apply(change);
          } finally {
            change.ended();
          }
          committed = change.tree();
          WriterLock.runAll(change.afterCommit);
          return result;
        });
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    if (writerLock.close()) {
      committed = null;
    }
  }

  private SortedTree<RecordKey, byte[]> current() {
    SortedTree<RecordKey, byte[]> tree = committed;
    if (tree == null) {
      throw new StoreException("the store is closed", null);
    }
    return tree;
  }

  /** The records of one tree. */
  private static class View implements ReadTransaction {
    private SortedTree<RecordKey, byte[]> tree;
    private boolean ended;

    View(SortedTree<RecordKey, byte[]> tree) {
      this.tree = tree;
    }

    final void ended() {
      ended = true;
    }

    final SortedTree<RecordKey, byte[]> tree() {
      return tree;
    }

    final SortedTree<RecordKey, byte[]> running() {
      if (ended) {
        throw new IllegalStateException("the transaction has ended");
      }
      return tree;
    }

    final void become(SortedTree<RecordKey, byte[]> changed) {
      tree = changed;
    }

    @Override
    public byte @Nullable [] get(RecordKey key) {
      return running().get(KeyOrder.checked(key));
    }

    @Override
    public List<StoredRecord> list(String kind, String parent, String after, int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit must be at least 1");
      }
      RecordKey from = KeyOrder.checked(new RecordKey(kind, parent, after));
      List<StoredRecord> records = new ArrayList<>();
      running()
          .visitFrom(
              from,
              (key, content) -> {
                if (!key.kind().equals(kind) || !key.parent().equals(parent)) {
                  return false;
                }
                if (!key.id().equals(after)) {
                  records.add(new StoredRecord(key, content));
                }
                return records.size() < limit;
              });
      return records;
    }

    @Override
    public long count(String kind, String parent) {
      return list(kind, parent, "", Integer.MAX_VALUE).size();
    }

    @Override
    public List<StoredRecord> all(String kind) {
      RecordKey from = KeyOrder.checked(new RecordKey(kind, "", ""));
      List<StoredRecord> records = new ArrayList<>();
      running()
          .visitFrom(
              from,
              (key, content) -> {
                if (!key.kind().equals(kind)) {
                  return false;
                }
                records.add(new StoredRecord(key, content));
                return true;
              });
      return records;
    }
  }

  /** A view and what changed in it. */
  private static final class Change extends View implements WriteTransaction {
    private final List<Runnable> afterCommit = new ArrayList<>();

    Change(SortedTree<RecordKey, byte[]> tree) {
      super(tree);
    }

    @Override
    public void put(RecordKey key, byte[] content) {
      become(running().with(KeyOrder.writable(key), content));
    }

    @Override
    public void delete(RecordKey key) {
      become(running().without(KeyOrder.checked(key)));
    }

    @Override
    public void deleteAll(String kind, String parent) {
      for (StoredRecord record : list(kind, parent, "", Integer.MAX_VALUE)) {
        become(running().without(record.key()));
      }
    }

    @Override
    public void afterCommit(Runnable action) {
      SortedTree<RecordKey, byte[]> _ = running();
      afterCommit.add(action);
    }
  }
}
