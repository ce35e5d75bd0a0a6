package io.portico.gateway.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One consistent view of all records; a write that is committed meanwhile is not seen. */
public interface ReadTransaction {

  byte @Nullable [] get(RecordKey key);

  /**
   * Records of a kind and parent with an id greater than {@code after}, ordered by id (by code
   * point).
   *
   * @param after the last id already seen; empty to start
   * @param limit most records to return, at least 1
   */
  List<StoredRecord> list(String kind, String parent, String after, int limit);

  /** How many records of a kind and parent there are. */
  long count(String kind, String parent);

  /** Every record of a kind, whatever its parent, ordered by parent, then id. */
  List<StoredRecord> all(String kind);
}
