package io.portico.gateway.model.iam;

import org.jspecify.annotations.Nullable;

/**
 * What can be changed of a role itself.
 *
 * @param assumeRolePolicyDocument its trust policy, as it was sent
 * @param maxSessionDuration seconds
 * @param permissionsBoundary the ARN of a managed policy, or null
 */
public record RoleSettings(
    String assumeRolePolicyDocument,
    @Nullable String description,
    int maxSessionDuration,
    @Nullable String permissionsBoundary) {

  /** The same with another trust policy. */
  public RoleSettings trusting(String document) {
    return new RoleSettings(document, description, maxSessionDuration, permissionsBoundary);
  }

  /** The same with another description. */
  public RoleSettings described(String text) {
    return new RoleSettings(
        assumeRolePolicyDocument, text, maxSessionDuration, permissionsBoundary);
  }

  /** The same with sessions of another length. */
  public RoleSettings lasting(int seconds) {
    return new RoleSettings(assumeRolePolicyDocument, description, seconds, permissionsBoundary);
  }

  /** The same within another boundary, or none. */
  public RoleSettings bounded(@Nullable String policyArn) {
    return new RoleSettings(assumeRolePolicyDocument, description, maxSessionDuration, policyArn);
  }
}
