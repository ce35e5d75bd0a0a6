package io.portico.gateway.store;

/** Reads and changes typed records within one transaction. */
public final class RecordWriter extends RecordReader {
  private final WriteTransaction transaction;

  RecordWriter(WriteTransaction transaction, RecordCodec codec) {
    super(transaction, codec);
    this.transaction = transaction;
  }

  /** Creates or replaces. */
  public <R> void put(RecordType<R> type, String parent, String id, R value) {
    transaction.put(new RecordKey(type.kind(), parent, id), codec.write(value));
  }

  public void delete(RecordType<?> type, String parent, String id) {
    transaction.delete(new RecordKey(type.kind(), parent, id));
  }

  /** Deletes every record of a type and parent. */
  public void deleteAll(RecordType<?> type, String parent) {
    transaction.deleteAll(type.kind(), parent);
  }

  /** See {@link WriteTransaction#afterCommit}. */
  public void afterCommit(Runnable action) {
    transaction.afterCommit(action);
  }
}
