package io.portico.conformance.client;

import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The AWS SDK for Java v2. Requests are built and results read through the SDK's own field
 * descriptions, so that every operation goes through one method; tests that are about Java use
 * {@link #client} or {@link #clientOfV2}.
 */
public final class JavaSdk implements AwsClient, Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Endpoint endpoint;
  private final String accessKey;
  private final SdkHttpClient http = Apache5HttpClient.create();
  private final Map<AwsService, SdkClient> clients = new ConcurrentHashMap<>();

  private JavaSdk(Endpoint endpoint, String accessKey) {
    this.endpoint = endpoint;
    this.accessKey = accessKey;
  }

  public static JavaSdk of(Endpoint endpoint) {
    return new JavaSdk(endpoint, Endpoint.ACCESS_KEY);
  }

  /** A client of another account: the server takes an account's id for an access key of it. */
  public static JavaSdk ofAccount(Endpoint endpoint, String account) {
    return new JavaSdk(endpoint, account);
  }

  public ApiGatewayClient client() {
    return (ApiGatewayClient) client(AwsService.API_GATEWAY);
  }

  public ApiGatewayV2Client clientOfV2() {
    return (ApiGatewayV2Client) client(AwsService.API_GATEWAY_V2);
  }

  @Override
  public JsonNode call(AwsService service, String operation, Map<String, ?> input) {
    String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    Method method =
        methods(service)
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the SDK has no operation " + operation));
    try {
      SdkPojo builder = (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
      Object result = method.invoke(client(service), filled(builder, input));
      Map<String, Object> members = members((SdkPojo) result);
      members.replaceAll(
          (member, value) ->
              value instanceof SdkBytes bytes
                  ? Blobs.text(operation, bytes.asByteArrayUnsafe())
                  : value);
      return JSON.valueToTree(members);
    } catch (InvocationTargetException e) {
      throw failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the SDK is not as described", e);
    }
  }

  @Override
  public void close() {
    clients.values().forEach(SdkClient::close);
    http.close();
  }

  private SdkClient client(AwsService service) {
    return clients.computeIfAbsent(
        service,
        key ->
            switch (key) {
              case API_GATEWAY -> built(ApiGatewayClient.builder());
              case API_GATEWAY_V2 -> built(ApiGatewayV2Client.builder());
              case API_GATEWAY_MANAGEMENT -> built(ApiGatewayManagementApiClient.builder());
              case IAM -> built(IamClient.builder());
              case STS -> built(StsClient.builder());
              case LOGS -> built(CloudWatchLogsClient.builder());
              case ACM -> built(AcmClient.builder());
              case CLOUDWATCH -> built(CloudWatchClient.builder());
            });
  }

  private static Class<? extends SdkClient> type(AwsService service) {
    return switch (service) {
      case API_GATEWAY -> ApiGatewayClient.class;
      case API_GATEWAY_V2 -> ApiGatewayV2Client.class;
      case API_GATEWAY_MANAGEMENT -> ApiGatewayManagementApiClient.class;
      case IAM -> IamClient.class;
      case STS -> StsClient.class;
      case LOGS -> CloudWatchLogsClient.class;
      case ACM -> AcmClient.class;
      case CLOUDWATCH -> CloudWatchClient.class;
    };
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(B builder) {
    return builder
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, accessKey)))
        .httpClient(http)
        .build();
  }

  /** The methods that take an operation's request. */
  private static Stream<Method> methods(AwsService service) {
    return Stream.of(type(service).getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0]));
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof AwsServiceException e) {
      return new AwsFailure(
          e.awsErrorDetails().errorCode(),
          e.getClass().getSimpleName(),
          e.statusCode(),
          e.awsErrorDetails().errorMessage());
    }
    throw new AssertionError("the SDK failed by itself", cause);
  }

  private static Object filled(SdkPojo builder, Map<String, ?> input) {
    Map<String, Object> left = new LinkedHashMap<>(input);
    for (SdkField<?> field : builder.sdkFields()) {
      @Nullable Object value = left.remove(field.memberName());
      if (value != null) {
        field.set(builder, typed(field, value));
      }
    }
    if (!left.isEmpty()) {
      throw new AssertionError("the SDK has no members " + left.keySet());
    }
    return ((Buildable) builder).build();
  }

  private static Object typed(SdkField<?> field, Object value) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_BYTES)) {
      return SdkBytes.fromUtf8String((String) value);
    }
    if (type.equals(MarshallingType.SDK_POJO)) {
      return filled(field.constructor().get(), strings(value));
    }
    if (type.equals(MarshallingType.LIST)) {
      SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      return ((List<?>) value).stream().map(element -> typed(member, element)).toList();
    }
    if (type.equals(MarshallingType.MAP)) {
      SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> typed = new LinkedHashMap<>();
      strings(value).forEach((key, element) -> typed.put(key, typed(member, element)));
      return typed;
    }
    if (value instanceof Number number && type.equals(MarshallingType.LONG)) {
      return number.longValue();
    }
    if (value instanceof Number number && type.equals(MarshallingType.DOUBLE)) {
      return number.doubleValue();
    }
    if (value instanceof String time && type.equals(MarshallingType.INSTANT)) {
      return Instant.parse(time);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // what a scenario writes has names for keys
  private static Map<String, Object> strings(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> members(SdkPojo pojo) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      plain(field.getValueOrDefault(pojo))
          .ifPresent(value -> members.put(field.memberName(), value));
    }
    return members;
  }

  /** The value as texts, numbers, lists and maps; empty where the server sent none. */
  private static Optional<Object> plain(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case SdkAutoConstructList<?> _ -> Optional.empty();
      case SdkAutoConstructMap<?, ?> _ -> Optional.empty();
      case SdkPojo pojo -> Optional.of(members(pojo));
      case Instant instant -> Optional.of(instant.toString());
      case List<?> list ->
          Optional.of(list.stream().flatMap(element -> plain(element).stream()).toList());
      case Map<?, ?> map -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, element) -> plain(element).ifPresent(it -> plain.put((String) key, it)));
        yield Optional.of(plain);
      }
      default -> Optional.of(value);
    };
  }
}
