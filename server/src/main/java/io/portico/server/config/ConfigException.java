package io.portico.server.config;

import org.jspecify.annotations.Nullable;

/**
 * The configuration is refused; the message says in one line which key, which value, what is
 * allowed.
 */
public final class ConfigException extends RuntimeException {
  public ConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
