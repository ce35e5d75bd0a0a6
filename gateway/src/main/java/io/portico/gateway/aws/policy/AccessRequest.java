package io.portico.gateway.aws.policy;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants.
 *
 * @param action such as {@code lambda:InvokeFunction}
 * @param resource the ARN of what he wants it with
 * @param listener hears what policies say of it, or null
 */
public record AccessRequest(
    Requester requester,
    String action,
    String resource,
    RequestContext context,
    @Nullable PolicyListener listener) {

  /** One of which nobody hears. */
  public AccessRequest(
      Requester requester, String action, String resource, RequestContext context) {
    this(requester, action, resource, context, null);
  }
}
