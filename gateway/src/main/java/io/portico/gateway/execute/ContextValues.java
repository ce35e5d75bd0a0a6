package io.portico.gateway.execute;

import io.portico.gateway.http.ClientConnection.TlsSession;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.OverrideVariable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code $context} variables in an invocation: the one place that knows which comes
 * from where. Access log, templates, mappings, gateway responses and the events of functions ask
 * here.
 */
public final class ContextValues {
  private ContextValues() {}

  /** The members of {@code $context.identity} in an invocation. */
  public static List<ContextVariable> ofIdentity(Invocation invocation) {
    return invocation.observations().caller().apiKey() == null
        ? ContextVariable.OF_IDENTITY
        : ContextVariable.OF_IDENTITY_WITH_API_KEY;
  }

  /**
   * A variable as a template has it: text, number or truth, or null where it has no value (yet).
   */
  public static @Nullable Object value(ContextVariable variable, Invocation invocation) {
    return switch (variable) {
      // AWS: a number in the event of a function (documented); in templates as well, source:
      // inferred.
      case REQUEST_TIME_EPOCH -> invocation.time().toEpochMilli();
      case CONNECTED_AT -> {
        WebSocketCall call = invocation.observations().ofWebSocket();
        yield call == null ? null : call.event().connectedAt().toEpochMilli();
      }
      case DISCONNECT_STATUS_CODE -> {
        WebSocketCall call = invocation.observations().ofWebSocket();
        WebSocketClose close = call == null ? null : call.event().close();
        yield close == null ? null : (long) close.code();
      }
      // AWS: that a template's #if can ask for it is inferred.
      case IS_CANARY_REQUEST -> isCanary(invocation);
      default -> text(variable, invocation);
    };
  }

  /** A variable's text, or null where it has no value (yet). */
  public static @Nullable String text(ContextVariable variable, Invocation invocation) {
    MethodTest test = invocation.test();
    String given = test == null ? null : test.given().get(variable);
    return given == null ? own(variable, invocation) : given;
  }

  private static @Nullable String own(ContextVariable variable, Invocation invocation) {
    return switch (variable) {
      case ACCOUNT_ID -> invocation.stage().accountId();
      case API_ID -> invocation.stage().apiId();
      case AUTHENTICATE_ERROR, AUTHENTICATE_LATENCY, AUTHENTICATE_STATUS ->
          phase(variable, invocation.observations().authentication());
      case AUTHORIZE_ERROR, AUTHORIZE_LATENCY, AUTHORIZE_STATUS ->
          phase(variable, invocation.observations().authorization());
      case AUTHORIZER_ERROR,
          AUTHORIZER_INTEGRATION_LATENCY,
          AUTHORIZER_INTEGRATION_STATUS,
          AUTHORIZER_LATENCY,
          AUTHORIZER_REQUEST_ID,
          AUTHORIZER_STATUS ->
          authorizer(variable, invocation.observations().authorizerCall());
      case CIPHER_SUITE, TLS_VERSION -> tls(variable, invocation);
      case CUSTOM_DOMAIN_BASE_PATH_MATCHED -> invocation.basePath();
      case CUSTOM_DOMAIN_ROUTING_RULE_ID_MATCHED -> invocation.routingRuleId();
      case DEPLOYMENT_ID -> invocation.stage().deploymentId();
      case DOMAIN_NAME -> invocation.domainName();
      case DOMAIN_PREFIX -> invocation.domainPrefix();
      case ERROR_MESSAGE,
          ERROR_MESSAGE_STRING,
          ERROR_RESPONSE_TYPE,
          ERROR_VALIDATION_ERROR_STRING ->
          error(variable, invocation.observations().fault());
      case EXTENDED_REQUEST_ID -> invocation.extendedRequestId();
      case HTTP_METHOD -> invocation.httpMethod();
      case IDENTITY_API_KEY, IDENTITY_API_KEY_ID ->
          apiKey(variable, invocation.observations().caller().apiKey());
      case IDENTITY_SOURCE_IP ->
          invocation.test() == null
              ? invocation.request().connection().remoteIp()
              : MethodTest.SOURCE_IP;
      case IDENTITY_USER_AGENT -> userAgent(invocation);
      case IDENTITY_ACCESS_KEY,
          IDENTITY_ACCOUNT_ID,
          IDENTITY_CALLER,
          IDENTITY_USER,
          IDENTITY_USER_ARN ->
          iam(variable, invocation.observations().caller().iam());
      // There are no identity pools and no organisations.
      case IDENTITY_COGNITO_AUTHENTICATION_PROVIDER,
          IDENTITY_COGNITO_AUTHENTICATION_TYPE,
          IDENTITY_COGNITO_IDENTITY_ID,
          IDENTITY_COGNITO_IDENTITY_POOL_ID,
          IDENTITY_PRINCIPAL_ORG_ID ->
          null;
      case AWS_ENDPOINT_REQUEST_ID,
          AWS_ENDPOINT_REQUEST_ID_2,
          INTEGRATION_ANSWER_STATUS,
          INTEGRATION_ERROR,
          INTEGRATION_LATENCY,
          INTEGRATION_RESPONSE_TRANSFER_MODE,
          INTEGRATION_STATUS,
          INTEGRATION_TIME_TO_ALL_HEADERS,
          INTEGRATION_TIME_TO_FIRST_CONTENT ->
          IntegrationValues.text(variable, invocation.observations());
      case IS_CANARY_REQUEST -> {
        Boolean canary = isCanary(invocation);
        yield canary == null ? null : canary.toString();
      }
      case PATH -> invocation.path().withStage();
      case PROTOCOL -> invocation.request().protocol();
      case REQUEST_ID -> invocation.requestId();
      case REQUEST_TIME -> invocation.requestTime();
      case REQUEST_TIME_EPOCH -> Long.toString(invocation.time().toEpochMilli());
      case RESOURCE_ID, RESOURCE_PATH -> resource(variable, invocation.observations().match());
      case CONNECTED_AT,
          CONNECTION_ID,
          DISCONNECT_REASON,
          DISCONNECT_STATUS_CODE,
          EVENT_TYPE,
          MESSAGE_DIRECTION,
          MESSAGE_ID ->
          event(variable, invocation.observations().ofWebSocket());
      case ROUTE_KEY -> {
        WebSocketCall ofWebSocket = invocation.observations().ofWebSocket();
        if (ofWebSocket != null) {
          yield ofWebSocket.routeKey();
        }
        RouteMatch route = invocation.observations().route();
        yield route == null ? null : route.route().routeKey();
      }
      case STAGE -> invocation.stage().stageName();
      case XRAY_TRACE_ID -> traceId(invocation);
      // Known once the answer is written: the access log's own.
      case DATA_PROCESSED, RESPONSE_LATENCY, RESPONSE_LENGTH, STATUS -> null;
    };
  }

  /** The value of a variable that an authorizer makes up, or null where it has none. */
  public static @Nullable String text(AuthorizerVariable variable, Invocation invocation) {
    AuthorizerContext said = invocation.observations().caller().authorizer();
    if (said == null) {
      return null;
    }
    return variable.claim() ? said.claim(variable.name()) : said.text(variable.name());
  }

  /** What templates have set, or null where they have not. */
  public static @Nullable String text(OverrideVariable variable, Invocation invocation) {
    Overrides overrides = invocation.overrides();
    Object value =
        switch (variable.place()) {
          case REQUEST_HEADER -> header(overrides.requestHeader(), variable.name());
          case REQUEST_PATH -> overrides.requestPath().get(variable.name());
          case REQUEST_QUERY_STRING -> overrides.requestQueryString().get(variable.name());
          case RESPONSE_HEADER -> header(overrides.responseHeader(), variable.name());
          case RESPONSE_STATUS -> overrides.responseStatus();
        };
    if (value instanceof List<?> several) {
      return several.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable Object header(Map<String, Object> headers, String name) {
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  /** AWS: without a canary it is not there; source: recorded, facts CAN-10. */
  private static @Nullable Boolean isCanary(Invocation invocation) {
    return switch (invocation.stage().release()) {
      case SOLE -> null;
      case PRODUCTION -> false;
      case CANARY -> true;
    };
  }

  private static @Nullable String authorizer(
      ContextVariable variable, @Nullable AuthorizerCall call) {
    if (call == null) {
      return null;
    }
    return switch (variable) {
      case AUTHORIZER_ERROR -> call.error();
      case AUTHORIZER_INTEGRATION_LATENCY -> Long.toString(call.functionNanos() / 1_000_000);
      case AUTHORIZER_INTEGRATION_STATUS ->
          call.functionStatus() == 0 ? null : Integer.toString(call.functionStatus());
      case AUTHORIZER_LATENCY -> Long.toString(call.nanos() / 1_000_000);
      case AUTHORIZER_REQUEST_ID -> call.requestId();
      default -> Integer.toString(call.status());
    };
  }

  private static @Nullable String phase(ContextVariable variable, @Nullable AccessPhase phase) {
    if (phase == null) {
      return null;
    }
    return switch (variable) {
      case AUTHENTICATE_ERROR, AUTHORIZE_ERROR -> phase.error();
      case AUTHENTICATE_LATENCY, AUTHORIZE_LATENCY -> Long.toString(phase.nanos() / 1_000_000);
      default -> Integer.toString(phase.status());
    };
  }

  private static @Nullable String tls(ContextVariable variable, Invocation invocation) {
    TlsSession session = invocation.request().connection().tls();
    if (session == null) {
      return null;
    }
    return variable == ContextVariable.TLS_VERSION ? session.version() : session.cipherSuite();
  }

  private static @Nullable String userAgent(Invocation invocation) {
    MethodTest test = invocation.test();
    return test == null ? invocation.request().headers().first("User-Agent") : test.userAgent();
  }

  private static @Nullable String iam(ContextVariable variable, @Nullable IamCaller caller) {
    if (caller == null) {
      return null;
    }
    return switch (variable) {
      case IDENTITY_ACCESS_KEY -> caller.accessKeyId();
      case IDENTITY_ACCOUNT_ID -> caller.principal().accountId();
      case IDENTITY_USER_ARN -> caller.principal().arn();
      default -> caller.principal().userId();
    };
  }

  private static @Nullable String apiKey(ContextVariable variable, @Nullable ApiKeySnapshot key) {
    if (key == null) {
      return null;
    }
    return variable == ContextVariable.IDENTITY_API_KEY ? key.value() : key.id();
  }

  private static @Nullable String error(ContextVariable variable, @Nullable GatewayFault fault) {
    if (fault == null) {
      return null;
    }
    return switch (variable) {
      case ERROR_MESSAGE -> fault.text();
      case ERROR_MESSAGE_STRING -> fault.text() == null ? null : Json.text(Json.tree(fault.text()));
      case ERROR_RESPONSE_TYPE -> fault.type().name();
      default -> fault.validationErrors();
    };
  }

  private static @Nullable String event(ContextVariable variable, @Nullable WebSocketCall call) {
    if (call == null) {
      return null;
    }
    ConnectionEvent event = call.event();
    return switch (variable) {
      case CONNECTED_AT -> Long.toString(event.connectedAt().toEpochMilli());
      case CONNECTION_ID -> event.connectionId();
      case DISCONNECT_REASON -> event.disconnectReason();
      case DISCONNECT_STATUS_CODE ->
          event.close() == null ? null : Integer.toString(event.close().code());
      case EVENT_TYPE -> event.type().name();
      case MESSAGE_ID -> event.messageId();
      default -> ConnectionEvent.DIRECTION;
    };
  }

  private static @Nullable String resource(ContextVariable variable, @Nullable MethodMatch match) {
    if (match == null) {
      return null;
    }
    return variable == ContextVariable.RESOURCE_ID
        ? match.method().resourceId()
        : match.method().resourcePath();
  }

  /**
   * AWS: a call is traced where the stage has tracing, or whoever calls is traced himself; source:
   * documented, https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html.
   */
  private static @Nullable String traceId(Invocation invocation) {
    String traceId = invocation.traceId();
    return invocation.stage().traced() || TraceId.isSampled(traceId) ? TraceId.root(traceId) : null;
  }
}
