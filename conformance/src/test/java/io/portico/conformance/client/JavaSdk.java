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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The AWS SDK for Java v2. Requests are built and results read through the SDK's own field
 * descriptions, so that every operation goes through one method; tests that are about Java use
 * {@link #client}.
 */
public final class JavaSdk implements AwsClient, Closeable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final ApiGatewayClient client;

  private JavaSdk(ApiGatewayClient client) {
    this.client = client;
  }

  public static JavaSdk of(Endpoint endpoint) {
    return new JavaSdk(
        ApiGatewayClient.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.of(Endpoint.REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY)))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build());
  }

  public ApiGatewayClient client() {
    return client;
  }

  @Override
  public JsonNode call(String operation, Map<String, ?> input) {
    String name = operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
    Method method =
        Stream.of(ApiGatewayClient.class.getMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .filter(candidate -> candidate.getParameterCount() == 1)
            .filter(candidate -> SdkPojo.class.isAssignableFrom(candidate.getParameterTypes()[0]))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the SDK has no operation " + operation));
    try {
      SdkPojo builder = (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
      Object result = method.invoke(client, filled(builder, input));
      return JSON.valueToTree(members((SdkPojo) result));
    } catch (InvocationTargetException e) {
      throw failure(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the SDK is not as described", e);
    }
  }

  @Override
  public void close() {
    client.close();
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
      case SdkBytes bytes -> Optional.of(bytes.asUtf8String());
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
