package io.portico.gateway.control.iam;

import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.AccessKeyRecord.Status;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Optional;

/** The access keys of users and roots, as they are stored. */
public final class KeyStore {
  private KeyStore() {}

  /** A key that was made, deleted or not. */
  public static Optional<AccessKeyRecord> find(RecordReader records, String accessKeyId) {
    return records.find(IamRecords.ACCESS_KEY, "", accessKeyId);
  }

  /** Those of a user or a root, by the id. */
  static List<AccessKeyRecord> of(RecordReader records, String ownerId) {
    return records.list(IamRecords.KEY_OF_OWNER, ownerId).stream()
        .map(id -> find(records, id))
        .flatMap(Optional::stream)
        .toList();
  }

  static void add(RecordWriter records, AccessKeyRecord key) {
    put(records, key);
    records.put(IamRecords.KEY_OF_OWNER, key.ownerId(), key.accessKeyId(), key.accessKeyId());
  }

  /** Stores what became of a key. */
  public static void put(RecordWriter records, AccessKeyRecord key) {
    records.put(IamRecords.ACCESS_KEY, "", key.accessKeyId(), key);
  }

  /** A deleted key is nobody's, and never anybody else's. */
  static void delete(RecordWriter records, AccessKeyRecord key) {
    put(records, key.with(Status.DELETED));
    records.delete(IamRecords.KEY_OF_OWNER, key.ownerId(), key.accessKeyId());
  }

  static void rename(RecordWriter records, String ownerId, String userName) {
    of(records, ownerId).forEach(key -> put(records, key.named(userName)));
  }
}
