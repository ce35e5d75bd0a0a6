package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.regex.BoundedPattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What an authorizer may be, by its type. */
public final class AuthorizerRules {
  public static final String COGNITO = "COGNITO_USER_POOLS";

  private static final String REQUEST = "REQUEST";
  private static final Set<String> LAMBDA = Set.of("TOKEN", REQUEST);

  // AWS: source: documented, CreateAuthorizer. That a pool may be a stage variable; source:
  // documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/aws-api-gateway-stage-variables-reference.html.
  // That it stands for the id of the pool alone is inferred.
  private static final Pattern USER_POOL =
      Pattern.compile(
          "arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\\d{12}:userpool/"
              + "(?:[\\w-]+_\\w+|\\$\\{stageVariables\\.\\w+\\})");
  private static final Pattern HEADER = Pattern.compile("method\\.request\\.header\\.[^\\s,]+");
  private static final Pattern REQUEST_PARAMETER =
      Pattern.compile(
          "(?:method\\.request\\.(?:multivalue)?(?:header|querystring)|stageVariables|context)"
              + "\\.[^\\s,]+");

  private AuthorizerRules() {}

  /** What {@code authType} says where nobody has said anything. */
  // AWS: source: AUT-02, IMP-21.
  public static String defaultAuthType(String type) {
    return type.equals(COGNITO) ? COGNITO.toLowerCase(Locale.ROOT) : "custom";
  }

  /** The refusal of a time that is none, or none of those up to so many seconds. */
  // AWS: the text is assumed.
  public static String invalidTtl(long longest) {
    return "Authorizer result TTL should be between 0 and " + longest + " seconds";
  }

  /**
   * Whether all that the authorizer holds is valid. One of a type that is not known here holds what
   * it likes: methods that want it are closed.
   *
   * @return what AWS would refuse and Portico does not
   * @throws ServiceException if it is not
   */
  public static Optional<String> check(AuthorizerRecord authorizer, Quotas quotas) {
    String type = authorizer.type();
    if (LAMBDA.contains(type)) {
      FunctionUris.check(authorizer.authorizerUri());
    } else if (type.equals(COGNITO)) {
      checkUserPools(authorizer.providerARNs());
    } else {
      return Optional.empty();
    }
    Optional<String> warning = checkTtl(authorizer, quotas);
    checkIdentitySource(authorizer);
    checkExpression(authorizer.identityValidationExpression());
    return warning;
  }

  // AWS: the texts are assumed.
  private static void checkUserPools(@Nullable List<String> arns) {
    if (arns == null || arns.isEmpty()) {
      throw ServiceException.badRequest(
          "At least one Cognito user pool ARN must be specified for an authorizer of type "
              + COGNITO);
    }
    for (String arn : arns) {
      if (!USER_POOL.matcher(arn).matches()) {
        throw ServiceException.badRequest("Invalid Cognito user pool ARN: " + arn);
      }
    }
  }

  private static Optional<String> checkTtl(AuthorizerRecord authorizer, Quotas quotas) {
    Integer seconds = authorizer.authorizerResultTtlInSeconds();
    if (seconds == null) {
      return Optional.empty();
    }
    if (seconds < 0) {
      throw ServiceException.badRequest(invalidTtl(quotas.setting(Quota.AUTHORIZER_TTL).limit()));
    }
    return quotas.value(
        Quota.AUTHORIZER_TTL,
        "The result TTL of authorizer " + authorizer.name(),
        seconds,
        AuthorizerRules::invalidTtl);
  }

  // AWS: a REQUEST authorizer may do without while nothing is cached, and where no time is given,
  // results are cached for 300 seconds; source: documented, CreateAuthorizer. The text is that of
  // v2, reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/pull/32629; the others are assumed.
  private static void checkIdentitySource(AuthorizerRecord authorizer) {
    String source = authorizer.identitySource();
    boolean request = authorizer.type().equals(REQUEST);
    if (source == null || source.isBlank()) {
      Integer ttl = authorizer.authorizerResultTtlInSeconds();
      if (!request) {
        throw ServiceException.badRequest(
            "Identity source must be set for an authorizer of type " + authorizer.type());
      }
      if (ttl == null || ttl > 0) {
        throw ServiceException.badRequest(
            "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)");
      }
      return;
    }
    for (String part : request ? source.split(",", -1) : new String[] {source}) {
      if (!(request ? REQUEST_PARAMETER : HEADER).matcher(part.strip()).matches()) {
        throw ServiceException.badRequest("Invalid identity source specified: " + source);
      }
    }
  }

  // AWS: the text is assumed.
  private static void checkExpression(@Nullable String expression) {
    if (expression != null) {
      try {
        BoundedPattern.compile(expression, Pattern.DOTALL);
      } catch (PatternSyntaxException e) {
        throw ServiceException.badRequest(
            "Invalid identity validation expression specified: " + expression);
      }
    }
  }
}
