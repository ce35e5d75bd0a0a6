package io.portico.gateway.store;

/** A view that sees its own changes; all of them become durable together, or none. */
public interface WriteTransaction extends ReadTransaction {

  /** Creates or replaces. */
  void put(RecordKey key, byte[] content);

  /** Deletes; a key that is not there is no error. */
  void delete(RecordKey key);

  /** Deletes every record of a kind and parent. */
  void deleteAll(String kind, String parent);

  /**
   * Runs {@code action} once the changes are durable and before the next write transaction starts:
   * whatever is published to the data plane is published in commit order. Not run after a rollback.
   * An exception of an action leaves the changes in place and goes to the caller once the other
   * actions have run.
   */
  void afterCommit(Runnable action);
}
