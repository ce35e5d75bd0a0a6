package io.portico.lambda;

import io.portico.lambda.code.ObjectStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets of objects in memory. */
public final class Buckets implements ObjectStore {
  private final Map<String, Map<String, byte[]>> buckets = new ConcurrentHashMap<>();

  /** Puts an object where {@code bucket}, {@code key} and, behind an {@code @}, version find it. */
  public void put(String bucket, String key, byte[] content) {
    buckets.computeIfAbsent(bucket, added -> new ConcurrentHashMap<>()).put(key, content);
  }

  @Override
  public Fetched fetch(ObjectName name, long most) {
    Map<String, byte[]> bucket = buckets.get(name.bucket());
    if (bucket == null) {
      return new Fetched.Refused("NoSuchBucket", "The specified bucket does not exist");
    }
    byte[] content =
        bucket.get(name.version() == null ? name.key() : name.key() + "@" + name.version());
    if (content == null) {
      return new Fetched.Refused("NoSuchKey", "The specified key does not exist.");
    }
    return content.length > most ? new Fetched.TooLarge() : new Fetched.Content(content);
  }
}
