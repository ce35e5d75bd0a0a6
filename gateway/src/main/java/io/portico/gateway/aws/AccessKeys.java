package io.portico.gateway.aws;

import org.jspecify.annotations.Nullable;

/** The access keys with which requests can be signed. */
@FunctionalInterface
public interface AccessKeys {

  /** The key of an id, expired or not; null where none was given out or its secret is not known. */
  @Nullable AccessKey find(String accessKeyId);
}
