package io.portico.gateway.openapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says in words about something it describes.
 *
 * @param of what kind of thing that is
 * @param path as written, or null for what belongs to no path
 * @param method the operation's member, such as {@code get}, or null for what belongs to none
 * @param status a status code or {@code default}, or null for what belongs to no response
 * @param name of a parameter, header or security scheme, or null
 * @param members such as {@code description} and {@code summary}, as written
 */
public record Description(
    Kind of,
    @Nullable String path,
    @Nullable String method,
    @Nullable String status,
    @Nullable String name,
    ObjectNode members) {

  /** What can be described. */
  public enum Kind {
    DOCUMENT,
    SECURITY_SCHEME,
    PATH,
    OPERATION,
    PARAMETER_IN_PATH,
    PARAMETER_IN_QUERY,
    PARAMETER_IN_HEADER,
    BODY,
    RESPONSE,
    RESPONSE_HEADER
  }
}
