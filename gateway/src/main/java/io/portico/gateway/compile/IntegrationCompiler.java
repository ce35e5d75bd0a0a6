package io.portico.gateway.compile;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterPlace;
import io.portico.gateway.snapshot.RequestMapping;
import io.portico.gateway.snapshot.RequestMapping.PassthroughBehavior;
import io.portico.gateway.snapshot.ResponseMappings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles what a method calls. What cannot be called compiles to {@code Broken}. */
public final class IntegrationCompiler {
  private static final String AWS_IAM = "AWS_IAM";

  /** AWS: the only service beside Lambda of which there are proxies; source: recorded, INT-05. */
  private static final String FIREHOSE = "firehose";

  /** The request of a proxy whose parameters are not mapped either. */
  private static final RequestMapping UNCHANGED =
      new RequestMapping(
          List.of(), Map.of(), PassthroughBehavior.WHEN_NO_MATCH, ContentHandling.PASSTHROUGH);

  /** What can lead through a VPC link. */
  private static final Set<String> PRIVATE = Set.of("HTTP", "HTTP_PROXY");

  /** What can hand an answer on as it comes. */
  private static final Set<String> STREAMED = Set.of("HTTP_PROXY", "AWS_PROXY");

  /** AWS: such a mapping fails every request; source: recorded, facts REQ-06. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

  /** AWS: such a mapping fails every request to a function; source: recorded, facts REQ-07. */
  private static final Set<String> NEVER_TO_AWS =
      Set.of("authorization", "connection", "expect", "proxy-authenticate", "te");

  private final StageVariables variables;
  private final ServiceEndpoints services;
  private final FunctionEndpoints functions;
  private final SigningIdentities signers;
  private final PrivateTargets targets;
  private final Duration streamIdle;
  private final @Nullable ClientIdentity identity;

  /**
   * @param accountId of the API
   * @param targets where private integrations lead
   * @param streamIdle how long a backend may let wait for more of a streamed answer
   * @param identity what HTTP backends are shown of who calls them, or null
   */
  public IntegrationCompiler(
      String accountId,
      StageVariables variables,
      ServiceEndpoints services,
      FunctionEndpoints functions,
      PrivateTargets targets,
      Duration streamIdle,
      @Nullable ClientIdentity identity) {
    this.variables = variables;
    this.services = services;
    this.functions = functions;
    this.signers = new SigningIdentities(accountId, variables, services);
    this.targets = targets;
    this.streamIdle = streamIdle;
    this.identity = identity;
  }

  IntegrationSnapshot compile(MethodRecord method) {
    IntegrationRecord record = method.methodIntegration();
    if (record == null) {
      return new IntegrationSnapshot.Broken("the method has no integration");
    }
    try {
      return compile(record, method);
    } catch (InvalidExpressionException | UnusableException e) {
      return new IntegrationSnapshot.Broken(String.valueOf(e.getMessage()));
    }
  }

  private IntegrationSnapshot compile(IntegrationRecord record, MethodRecord method)
      throws InvalidExpressionException, UnusableException {
    RequestMapping request = request(record);
    if (InvokeRole.isCaller(record.credentials(), variables)
        && !method.authorizationType().equals(AWS_IAM)) {
      // AWS: its answer is not described. Nobody has signed; Portico's own key is not the caller's.
      throw new UnusableException(
          "the caller's credentials are passed on where the method asks for AWS_IAM");
    }
    return backend(record, request, ResponseCompiler.compile(record, method));
  }

  /**
   * What an integration calls that maps nothing of the answers.
   *
   * @param request how requests are mapped
   */
  public IntegrationSnapshot backend(IntegrationRecord record, RequestMapping request)
      throws UnusableException {
    if (InvokeRole.isCaller(record.credentials(), variables)) {
      throw new UnusableException("the caller's credentials are not kept for a connection");
    }
    IntegrationSnapshot backend = backend(record, request, ResponseMappings.NONE);
    if (backend instanceof IntegrationSnapshot.Service service && service.proxy()) {
      // AWS: what becomes of it is not described; what a route makes of such a message, neither.
      throw new UnusableException(
          "AWS_PROXY of a WebSocket API is for Lambda functions: " + record.uri());
    }
    return backend;
  }

  private IntegrationSnapshot backend(
      IntegrationRecord record, RequestMapping request, ResponseMappings responses)
      throws UnusableException {
    String unsendable = unsendable(record.type(), request.parameters());
    if (unsendable != null) {
      return new IntegrationSnapshot.Broken("header " + unsendable + " cannot be mapped");
    }
    if (record.isPrivate() && !PRIVATE.contains(record.type())) {
      throw new UnusableException(
          "an integration of type " + record.type() + " does not lead through a VPC link");
    }
    // AWS: proxies only; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
    if (isStreamed(record) && !STREAMED.contains(record.type())) {
      throw new UnusableException(
          "an integration of type " + record.type() + " cannot stream its response");
    }
    return switch (record.type()) {
      case "MOCK" -> new IntegrationSnapshot.Mock(request, responses);
      case "HTTP" -> http(record, false, request, responses);
      case "HTTP_PROXY" -> http(record, true, request, responses);
      case "AWS" -> aws(record, false, request, responses);
      case "AWS_PROXY" -> aws(record, true, request, responses);
      default -> new IntegrationSnapshot.Broken("unknown integration type " + record.type());
    };
  }

  private IntegrationSnapshot http(
      IntegrationRecord record, boolean proxy, RequestMapping request, ResponseMappings responses)
      throws UnusableException {
    if (record.uri() == null) {
      return new IntegrationSnapshot.Broken("the integration has no uri");
    }
    boolean verifyTls =
        record.tlsConfig() == null
            || !Boolean.TRUE.equals(record.tlsConfig().insecureSkipVerification());
    BackendAddress address = BackendAddress.of(record.uri(), variables, verifyTls);
    if (identity != null) {
      address = address.calledBy(identity);
    }
    return new IntegrationSnapshot.Http(
        timeout(record),
        proxy,
        isStreamed(record) ? streamIdle : null,
        httpMethod(record.httpMethod()),
        address.origin(),
        record.isPrivate()
            ? targets.ofRestApi(record.connectionId(), record.integrationTarget(), address.origin())
            : null,
        address.path(),
        address.query(),
        new RequestMapping(
            request.parameters(),
            // AWS: a proxy's templates have no effect; source: recorded, facts REQ-08.
            proxy ? Map.of() : request.templates(),
            proxy ? PassthroughBehavior.WHEN_NO_MATCH : request.passthrough(),
            request.contentHandling()),
        proxy ? ResponseMappings.NONE : responses);
  }

  private IntegrationSnapshot aws(
      IntegrationRecord record, boolean proxy, RequestMapping request, ResponseMappings responses)
      throws UnusableException {
    String uri = record.uri() == null ? "" : variables.resolve(record.uri());
    if (uri.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException(
          "a stage variable in the integration's uri is not defined: " + record.uri());
    }
    LambdaUri function = LambdaUri.of(uri);
    return function == null
        ? service(record, proxy, uri, request, responses)
        : lambda(record, proxy, function, request, responses);
  }

  private IntegrationSnapshot lambda(
      IntegrationRecord record,
      boolean proxy,
      LambdaUri address,
      RequestMapping request,
      ResponseMappings responses)
      throws UnusableException {
    // AWS: Lambda refuses any other verb; source: second-hand, facts SEC-15.
    if (record.httpMethod() != null && !record.httpMethod().equals("POST")) {
      throw new UnusableException("Lambda is invoked with POST, not with " + record.httpMethod());
    }
    // AWS: streams by InvokeWithResponseStream; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html.
    // What becomes of one without the other is not said.
    if (address.streamed() != isStreamed(record)) {
      throw new UnusableException(
          "responseTransferMode STREAM and a uri that ends in response-streaming-invocations go"
              + " together: "
              + record.uri());
    }
    LambdaFunction function = functions.function(address.functionArn());
    return new IntegrationSnapshot.Lambda(
        timeout(record),
        proxy,
        isStreamed(record) ? streamIdle : null,
        function,
        InvokeRole.orCaller(record.credentials(), variables, "the integration's"),
        signers.ofFunction(record.credentials(), functions, function),
        request,
        proxy ? ResponseMappings.NONE : responses);
  }

  private IntegrationSnapshot service(
      IntegrationRecord record,
      boolean proxy,
      String uri,
      RequestMapping request,
      ResponseMappings responses)
      throws UnusableException {
    AwsServiceUri address = AwsServiceUri.of(uri);
    ServiceCall call = ServiceCall.of(address, services);
    if (proxy && !(address.service().name().equals(FIREHOSE) && call.action() != null)) {
      throw new UnusableException(
          "AWS_PROXY is for Lambda functions and actions of Firehose: " + record.uri());
    }
    return new IntegrationSnapshot.Service(
        timeout(record),
        proxy,
        httpMethod(record.httpMethod()),
        call.endpoint(),
        call.path(),
        call.query(),
        call.action(),
        call.accept(),
        address.service().protocol() == AwsService.Protocol.QUERY,
        signers.of(record.credentials(), address.partition(), address.region()),
        proxy ? UNCHANGED : request,
        proxy ? ResponseMappings.NONE : responses);
  }

  private static RequestMapping request(IntegrationRecord record)
      throws InvalidExpressionException, UnusableException {
    return new RequestMapping(
        ParameterExpressions.mappings(record.requestParameters(), "integration.request."),
        Templates.compile(record.requestTemplates()),
        passthrough(record.passthroughBehavior()),
        contentHandling(record.contentHandling()));
  }

  public static PassthroughBehavior passthrough(@Nullable String configured)
      throws UnusableException {
    return switch (configured) {
      case null -> PassthroughBehavior.WHEN_NO_MATCH;
      case "WHEN_NO_MATCH" -> PassthroughBehavior.WHEN_NO_MATCH;
      case "WHEN_NO_TEMPLATES" -> PassthroughBehavior.WHEN_NO_TEMPLATES;
      case "NEVER" -> PassthroughBehavior.NEVER;
      default -> throw new UnusableException("unknown passthroughBehavior " + configured);
    };
  }

  public static ContentHandling contentHandling(@Nullable String configured)
      throws UnusableException {
    return switch (configured) {
      case null -> ContentHandling.PASSTHROUGH;
      case "CONVERT_TO_BINARY" -> ContentHandling.CONVERT_TO_BINARY;
      case "CONVERT_TO_TEXT" -> ContentHandling.CONVERT_TO_TEXT;
      default -> throw new UnusableException("unknown contentHandling " + configured);
    };
  }

  private static boolean isStreamed(IntegrationRecord record) {
    return "STREAM".equals(record.responseTransferMode());
  }

  private static Duration timeout(IntegrationRecord record) {
    Integer millis = record.timeoutInMillis();
    return Duration.ofMillis(
        millis == null ? IntegrationRecord.DEFAULT_TIMEOUT : Math.max(millis, 1));
  }

  /** AWS: {@code ANY} passes the client's own on; source: inferred. */
  private static @Nullable String httpMethod(@Nullable String configured) {
    return configured == null || configured.equals("ANY") ? null : configured;
  }

  private static @Nullable String unsendable(String type, List<ParameterMapping> parameters) {
    boolean toAws = type.equals("AWS") || type.equals("AWS_PROXY");
    for (ParameterMapping mapping : parameters) {
      if (isHeader(mapping, FRAMING) || (toAws && isHeader(mapping, NEVER_TO_AWS))) {
        return mapping.name();
      }
    }
    return null;
  }

  private static boolean isHeader(ParameterMapping mapping, Set<String> names) {
    return mapping.place() == ParameterPlace.HEADER
        && names.contains(mapping.name().toLowerCase(Locale.ROOT));
  }
}
