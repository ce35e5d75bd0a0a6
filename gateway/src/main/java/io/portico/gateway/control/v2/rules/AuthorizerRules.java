package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.FunctionUris;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.AuthorizerRecord.JwtConfiguration;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an authorizer may be, by its type and its API's protocol. */
public final class AuthorizerRules {
  public static final String REQUEST = "REQUEST";

  private static final String SIMPLE_VERSION = "2.0";

  private static final Pattern HTTP_SOURCE =
      Pattern.compile("\\$(?:request\\.(?:header|querystring)|context|stageVariables)\\.[^\\s,]+");
  private static final Pattern JWT_SOURCE =
      Pattern.compile("\\$request\\.(?:header|querystring)\\.[^\\s,]+");
  private static final Pattern WEBSOCKET_SOURCE =
      Pattern.compile(
          "(?:route\\.request\\.(?:querystring|header)|stageVariables|context)\\.[a-zA-Z0-9._-]+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1\\]");

  private AuthorizerRules() {}

  /**
   * The authorizer with what is so by default, and without what its type has no use for.
   *
   * @throws ServiceException if it is not one that AWS takes
   */
  // AWS: the texts: reported, https://github.com/badmintoncryer/cdk-preflight, where nothing else
  // is said.
  public static AuthorizerRecord accepted(
      AuthorizerRecord authorizer, ApiRecord api, Quotas quotas) {
    if (authorizer.name().isBlank()) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("Authorizer name cannot be empty");
    }
    if (authorizer.authorizerType().equals(REQUEST)) {
      return api.isHttp() ? ofHttp(authorizer, quotas) : ofWebSocket(authorizer);
    }
    if (!api.isHttp()) {
      throw ServiceException.badRequest(
          "Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.");
    }
    return jwt(authorizer, quotas);
  }

  private static void checkFunction(AuthorizerRecord authorizer) {
    if (authorizer.authorizerUri() == null) {
      throw ServiceException.badRequest("AuthorizerUri is a required field in an Authorizer");
    }
    FunctionUris.check(authorizer.authorizerUri());
    refuseJwt(authorizer);
  }

  // AWS: the text is assumed.
  private static void refuseJwt(AuthorizerRecord authorizer) {
    if (authorizer.jwtConfiguration() != null) {
      throw ServiceException.badRequest("JwtConfiguration is only supported for JWT Authorizer");
    }
  }

  private static AuthorizerRecord ofHttp(AuthorizerRecord authorizer, Quotas quotas) {
    checkFunction(authorizer);
    String version = authorizer.authorizerPayloadFormatVersion();
    if (version == null) {
      throw ServiceException.badRequest(
          "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
    }
    if (!version.equals("1.0") && !version.equals(SIMPLE_VERSION)) {
      // AWS: the text is assumed, after that of integrations.
      throw ServiceException.badRequest("Unsupported AuthorizerPayloadFormatVersion: " + version);
    }
    boolean simple = Boolean.TRUE.equals(authorizer.enableSimpleResponses());
    if (simple && !version.equals(SIMPLE_VERSION)) {
      throw ServiceException.badRequest(
          "EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion \"2.0\".");
    }
    // AWS: without a TTL nothing is cached; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html.
    Integer ttl = authorizer.authorizerResultTtlInSeconds();
    List<String> sources = listed(authorizer.identitySource());
    if (ttl != null) {
      checkTtl(ttl, authorizer.name(), quotas);
      if (ttl > 0 && sources.isEmpty()) {
        throw ServiceException.badRequest(
            "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)");
      }
    }
    checkSources(sources, HTTP_SOURCE);
    return settled(authorizer, ttl, version, simple, null);
  }

  private static void checkTtl(int ttl, String name, Quotas quotas) {
    if (ttl < 0) {
      throw ServiceException.badRequest(invalidTtl(quotas.setting(Quota.AUTHORIZER_TTL).limit()));
    }
    Optional<String> _ =
        quotas.value(
            Quota.AUTHORIZER_TTL,
            "The result TTL of authorizer " + name,
            ttl,
            AuthorizerRules::invalidTtl);
  }

  private static String invalidTtl(long longest) {
    return "Authorizer result TTL outside allowable range. TTL must be between 0 and "
        + longest
        + " seconds.";
  }

  private static void checkSources(List<String> sources, Pattern pattern) {
    for (String source : sources) {
      if (!pattern.matcher(source).matches()) {
        throw ServiceException.badRequest(
            "Invalid identity source expression: "
                + source
                + ". The source must be a request header, request querystring, stage variable or"
                + " context parameter");
      }
    }
  }

  // AWS: that a TTL is refused, 0 too, and its text: reported by users of AWS's clients,
  // https://github.com/hashicorp/terraform-provider-aws/pull/15232,
  // https://github.com/anomalyco/sst/issues/5089. How the text of sources ends is assumed.
  private static AuthorizerRecord ofWebSocket(AuthorizerRecord authorizer) {
    checkFunction(authorizer);
    if (authorizer.authorizerResultTtlInSeconds() != null) {
      throw ServiceException.badRequest(
          "AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.");
    }
    if (Boolean.TRUE.equals(authorizer.enableSimpleResponses())) {
      throw Protocols.onlyForHttp("EnableSimpleResponses");
    }
    String version = authorizer.authorizerPayloadFormatVersion();
    if (version != null && !version.equals("1.0")) {
      throw Protocols.onlyForHttp("AuthorizerPayloadFormatVersion");
    }
    for (String source : listed(authorizer.identitySource())) {
      if (!WEBSOCKET_SOURCE.matcher(source).matches()) {
        throw ServiceException.badRequest(
            "Invalid request identity source expression: "
                + source
                + ". The sources must be separated by comma, and each source must be either a"
                + " request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+',"
                + " or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context"
                + " parameter, matching 'context.[a-zA-Z0-9._-]+'");
      }
    }
    return settled(authorizer, null, null, null, null);
  }

  // AWS: asks the issuer for its keys before it takes the authorizer (Issuer must have a valid
  // discovery endpoint ended with '/.well-known/openid-configuration'); here they are asked for
  // with the first token, and without them no token is taken.
  private static AuthorizerRecord jwt(AuthorizerRecord authorizer, Quotas quotas) {
    JwtConfiguration configuration = authorizer.jwtConfiguration();
    if (configuration == null) {
      throw ServiceException.badRequest("JwtConfiguration must not be null for JWT Authorizer");
    }
    List<String> audience = listed(configuration.audience());
    if (audience.isEmpty()) {
      throw ServiceException.badRequest(
          "Audience list must have at least 1 item for JWT Authorizer");
    }
    Optional<String> _ =
        quotas.check(Quota.AUDIENCES, "authorizer " + authorizer.name(), audience.size());
    if (!isIssuer(configuration.issuer())) {
      throw ServiceException.badRequest(
          "Invalid issuer: Issuer is not a valid URL for JWT Authorizer");
    }
    List<String> sources = listed(authorizer.identitySource());
    if (sources.size() != 1) {
      // AWS: a single one; source: documented, CreateAuthorizer. The text is assumed.
      throw ServiceException.badRequest("Identity source must have 1 item for JWT Authorizer");
    }
    checkSources(sources, JWT_SOURCE);
    // AWS: even false is refused; source: reported, measured by https://github.com/go-to-k/cdkd.
    // The texts are assumed.
    refuse("AuthorizerUri", authorizer.authorizerUri());
    refuse("AuthorizerCredentialsArn", authorizer.authorizerCredentialsArn());
    refuse("AuthorizerPayloadFormatVersion", authorizer.authorizerPayloadFormatVersion());
    refuse("AuthorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds());
    refuse("EnableSimpleResponses", authorizer.enableSimpleResponses());
    return settled(authorizer, null, null, null, configuration);
  }

  private static void refuse(String member, @Nullable Object value) {
    if (value != null && !value.equals(0)) {
      throw ServiceException.badRequest(member + " is not supported for JWT Authorizer");
    }
  }

  // AWS: https; source: as the text's. What nobody else can be in the way to is taken by plain
  // HTTP, too, so that user pools of this machine can be used.
  private static boolean isIssuer(@Nullable String issuer) {
    if (issuer == null) {
      return false;
    }
    try {
      URI uri = new URI(issuer);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      boolean local = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.matcher(host).matches();
      return !host.isEmpty()
          && (secure || local)
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static List<String> listed(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }

  private static AuthorizerRecord settled(
      AuthorizerRecord authorizer,
      @Nullable Integer ttl,
      @Nullable String version,
      @Nullable Boolean simple,
      @Nullable JwtConfiguration configuration) {
    return new AuthorizerRecord(
        authorizer.authorizerId(),
        authorizer.name(),
        authorizer.authorizerType(),
        authorizer.authorizerCredentialsArn(),
        version,
        ttl,
        authorizer.authorizerUri(),
        simple,
        authorizer.identitySource(),
        authorizer.identityValidationExpression(),
        configuration);
  }
}
