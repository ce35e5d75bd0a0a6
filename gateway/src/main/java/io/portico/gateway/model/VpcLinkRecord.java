package io.portico.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VPC link: a name for a network load balancer that integrations can lead to. {@code status} is
 * AVAILABLE or FAILED, and {@code statusMessage} says so, or why it failed.
 */
public record VpcLinkRecord(
    String id,
    String name,
    @Nullable String description,
    List<String> targetArns,
    String status,
    @Nullable String statusMessage,
    @Nullable Map<String, String> tags) {

  /** This link with other tags. */
  public VpcLinkRecord withTags(@Nullable Map<String, String> newTags) {
    return new VpcLinkRecord(id, name, description, targetArns, status, statusMessage, newTags);
  }
}
