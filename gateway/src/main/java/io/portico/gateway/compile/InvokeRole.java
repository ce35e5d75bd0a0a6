package io.portico.gateway.compile;

import io.portico.gateway.aws.SourceArn;
import org.jspecify.annotations.Nullable;

/** As whom a function is invoked. */
public final class InvokeRole {
  private InvokeRole() {}

  /**
   * The same, where it may be whoever calls the method.
   *
   * @return {@link SourceArn#CALLER} then
   */
  public static @Nullable String orCaller(
      @Nullable String credentials, StageVariables variables, String whose)
      throws UnusableException {
    return isCaller(credentials, variables) ? SourceArn.CALLER : of(credentials, variables, whose);
  }

  /** Whether credentials are those of whoever calls. */
  static boolean isCaller(@Nullable String credentials, StageVariables variables) {
    return credentials != null && variables.resolve(credentials).equals(SourceArn.CALLER);
  }

  /**
   * AWS: credentials may have stage variables; source: documented, "stage variables reference".
   *
   * @param credentials as configured
   * @param whose of which they are, such as {@code the integration's}
   * @return the role's ARN, or null where API Gateway itself invokes the function
   */
  public static @Nullable String of(
      @Nullable String credentials, StageVariables variables, String whose)
      throws UnusableException {
    if (credentials == null || credentials.isEmpty()) {
      return null;
    }
    String role = variables.resolve(credentials);
    if (role.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException(
          "a stage variable in " + whose + " credentials is not defined: " + credentials);
    }
    if (!SourceArn.isRole(role)) {
      throw new UnusableException(whose + " credentials are no role: " + credentials);
    }
    return role;
  }
}
