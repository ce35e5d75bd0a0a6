package io.portico.gateway.compile;

import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.snapshot.UserPool;
import io.portico.gateway.snapshot.UserPoolAuthorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles authorizers of type {@code COGNITO_USER_POOLS}. */
final class UserPoolAuthorizerCompiler {
  private static final String HEADER = "method.request.header.";

  /** AWS: where no other is named; source: documented, the console's and the definitions' own. */
  private static final String DEFAULT_HEADER = "Authorization";

  private UserPoolAuthorizerCompiler() {}

  static UserPoolAuthorizer compile(
      AuthorizerRecord record, UserPoolIssuers issuers, StageVariables variables)
      throws UnusableException {
    List<UserPool> pools = new ArrayList<>();
    List<String> arns = record.providerARNs();
    for (String arn : arns == null ? List.<String>of() : arns) {
      String resolved = variables.resolve(arn);
      if (resolved.indexOf(StageVariables.UNDEFINED) >= 0) {
        throw new UnusableException("a stage variable of its user pool is not defined: " + arn);
      }
      pools.add(issuers.pool(resolved));
    }
    if (pools.isEmpty()) {
      throw new UnusableException("it has no user pool");
    }
    return new UserPoolAuthorizer(
        record.id(),
        header(record.identitySource()),
        audience(record.identityValidationExpression()),
        List.copyOf(pools));
  }

  private static String header(@Nullable String identitySource) throws UnusableException {
    if (identitySource == null || identitySource.isBlank()) {
      return DEFAULT_HEADER;
    }
    String source = identitySource.strip();
    if (!source.startsWith(HEADER) || source.length() == HEADER.length()) {
      throw new UnusableException("no header of a token: " + identitySource);
    }
    return source.substring(HEADER.length());
  }

  private static @Nullable BoundedPattern audience(@Nullable String expression)
      throws UnusableException {
    if (expression == null || expression.isEmpty()) {
      return null;
    }
    try {
      return BoundedPattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new UnusableException("no regular expression: " + expression);
    }
  }
}
