package io.portico.gateway.control.iam;

import io.portico.gateway.store.Records;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of all access keys that were ever made here, in memory: clients sign with keys of all
 * kinds, and the store is not asked about those of others.
 */
public final class KeyIds {
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  /**
   * @param records where those are that were made before
   */
  public KeyIds(Records records) {
    records
        .read(reader -> reader.all(IamRecords.ACCESS_KEY))
        .forEach(key -> ids.add(key.value().accessKeyId()));
  }

  public boolean contains(String accessKeyId) {
    return ids.contains(accessKeyId);
  }

  void add(String accessKeyId) {
    ids.add(accessKeyId);
  }
}
