package io.portico.lambda.snapshot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The functions that can be invoked now, by which names and by whom. */
public final class FunctionCatalog {
  private static final String LATEST = "$LATEST";

  private final Map<Key, FunctionSnapshot> versions = new ConcurrentHashMap<>();
  private final Map<Key, AliasRouting> aliases = new ConcurrentHashMap<>();
  private final Map<Key, ResourcePolicy> policies = new ConcurrentHashMap<>();
  private final Map<String, FunctionUrl> urls = new ConcurrentHashMap<>();
  private final AtomicLong editions = new AtomicLong();

  private record Key(FunctionId id, String qualifier) {}

  /** The version of that name, or null. */
  public @Nullable FunctionSnapshot find(FunctionId id, String version) {
    return versions.get(new Key(id, version));
  }

  /** All versions that are ready now. */
  public List<FunctionSnapshot> versions() {
    return List.copyOf(versions.values());
  }

  /** Those that run from a folder of the user's. */
  public List<FunctionSnapshot> runningFrom(Path folder) {
    return versions.values().stream().filter(each -> each.watched().contains(folder)).toList();
  }

  /** The number of a new edition. */
  public long newEdition() {
    return editions.incrementAndGet();
  }

  /** Replaces a version, or adds it. */
  public void put(FunctionSnapshot function) {
    versions.put(new Key(function.id(), function.version()), function);
  }

  /** Takes a version away. */
  public void remove(FunctionId id, String version) {
    versions.remove(new Key(id, version));
  }

  /** Where the alias of that name leads, or null. */
  public @Nullable AliasRouting alias(FunctionId id, String name) {
    return aliases.get(new Key(id, name));
  }

  /** Replaces an alias, or adds it. */
  public void putAlias(FunctionId id, String name, AliasRouting routing) {
    aliases.put(new Key(id, name), routing);
  }

  /** Takes an alias away. */
  public void removeAlias(FunctionId id, String name) {
    aliases.remove(new Key(id, name));
  }

  /**
   * Who may use a function, a version or an alias.
   *
   * @param qualifier null for the function itself
   */
  public ResourcePolicy policy(FunctionId id, @Nullable String qualifier) {
    ResourcePolicy policy = policies.get(new Key(id, qualifier == null ? LATEST : qualifier));
    return policy == null ? ResourcePolicy.NONE : policy;
  }

  /** Replaces a policy, or adds it; that of the function itself is {@code $LATEST}'s. */
  public void putPolicy(FunctionId id, String qualifier, ResourcePolicy policy) {
    policies.put(new Key(id, qualifier), policy);
  }

  /** Takes a policy away. */
  public void removePolicy(FunctionId id, String qualifier) {
    policies.remove(new Key(id, qualifier));
  }

  /** The function URL of that id, or null. */
  public @Nullable FunctionUrl url(String urlId) {
    return urls.get(urlId);
  }

  /** Replaces a function URL, or adds it. */
  public void putUrl(FunctionUrl url) {
    urls.put(url.urlId(), url);
  }

  /** Takes the function URL of that id away. */
  public void removeUrl(String urlId) {
    urls.remove(urlId);
  }
}
