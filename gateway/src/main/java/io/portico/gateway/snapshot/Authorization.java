package io.portico.gateway.snapshot;

import java.util.List;

/** Whom a method lets in, by its {@code authorizationType}. */
public sealed interface Authorization {

  /** {@code NONE}: everybody. */
  record Open() implements Authorization {
    public static final Open INSTANCE = new Open();
  }

  /** {@code AWS_IAM}: whoever has signed and is allowed to by policies. */
  record AwsIam() implements Authorization {
    public static final AwsIam INSTANCE = new AwsIam();
  }

  /** {@code CUSTOM}: whom a Lambda authorizer lets in. */
  record Lambda(LambdaAuthorizer authorizer) implements Authorization {}

  /**
   * {@code COGNITO_USER_POOLS}: whom a token of a user pool lets in.
   *
   * @param scopes that the method names; an access token has one of them
   */
  record UserPools(UserPoolAuthorizer authorizer, List<String> scopes) implements Authorization {}

  /** Nobody: there is an authorizer, which cannot be asked as it is configured. */
  record Unusable(String reason) implements Authorization {}

  /** Nobody: a setting that restricts access and is not enforced yet, or cannot be understood. */
  record Closed(Refusal refusal) implements Authorization {}
}
