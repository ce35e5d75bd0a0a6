package io.portico.gateway.execute;

/** Who calls: what authorizer, API key and IAM established. */
public record Caller() {
  /** Nobody in particular: the method has {@code authorizationType NONE} and wants no key. */
  public static final Caller ANONYMOUS = new Caller();
}
