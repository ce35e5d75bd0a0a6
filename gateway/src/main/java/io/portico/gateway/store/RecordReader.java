package io.portico.gateway.store;

import java.util.List;
import java.util.Optional;

/** Reads typed records within one transaction. */
public class RecordReader {
  private final ReadTransaction transaction;
  final RecordCodec codec;

  RecordReader(ReadTransaction transaction, RecordCodec codec) {
    this.transaction = transaction;
    this.codec = codec;
  }

  /** The record there; none where the key, a client's, is one that no record can have. */
  public <R> Optional<R> find(RecordType<R> type, String parent, String id) {
    RecordKey key = new RecordKey(type.kind(), parent, id);
    if (!key.isText()) {
      return Optional.empty();
    }
    byte[] content = transaction.get(key);
    return content == null ? Optional.empty() : Optional.of(codec.read(type, content));
  }

  /**
   * Every record of a type and parent, ordered by id; none where the parent, a client's, is one
   * that no record can have.
   */
  public <R> List<R> list(RecordType<R> type, String parent) {
    return list(type, parent, "", Integer.MAX_VALUE);
  }

  /**
   * Records ordered by id.
   *
   * @param after the last id already seen; empty to start
   * @param limit most records to return, at least 1
   */
  public <R> List<R> list(RecordType<R> type, String parent, String after, int limit) {
    if (!RecordKey.isText(parent)) {
      return List.of();
    }
    return transaction.list(type.kind(), parent, after, limit).stream()
        .map(stored -> codec.read(type, stored.content()))
        .toList();
  }

  /** How many records of a type and parent there are. */
  public long count(RecordType<?> type, String parent) {
    return RecordKey.isText(parent) ? transaction.count(type.kind(), parent) : 0;
  }

  /** Every record of a type, whatever its parent. */
  public <R> List<Located<R>> all(RecordType<R> type) {
    return transaction.all(type.kind()).stream()
        .map(stored -> new Located<>(stored.key(), codec.read(type, stored.content())))
        .toList();
  }

  /**
   * A record and where it stands.
   *
   * @param key its place
   * @param value the record
   */
  public record Located<R>(RecordKey key, R value) {}
}
