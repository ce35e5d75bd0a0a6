package io.portico.gateway.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The API entity that a documentation part is about: its type, such as METHOD, and whichever of the
 * other members entities of that type have. A method or a status code may be {@link #ANY}.
 */
public record DocumentationLocation(
    String type,
    @Nullable String path,
    @Nullable String method,
    @Nullable String statusCode,
    @Nullable String name) {

  /** The method or status code of a location that is about all of them. */
  public static final String ANY = "*";

  /** What locations are ordered by; no two have the same. */
  public String key() {
    return String.join(
        "\n",
        type,
        Objects.requireNonNullElse(path, ""),
        Objects.requireNonNullElse(method, ""),
        Objects.requireNonNullElse(statusCode, ""),
        Objects.requireNonNullElse(name, ""));
  }
}
