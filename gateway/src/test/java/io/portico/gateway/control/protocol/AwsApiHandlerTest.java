package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AwsApiHandlerTest {
  private static final CallerResolver CALLERS =
      new CallerResolver("111122223333", "eu-west-1", new ControlHosts(List.of()));

  private static AwsApiHandler service(AwsApi api, String operation, OperationHandler handler) {
    return new AwsApiHandler(
        ServiceModel.of(api), Operations.builder().add(operation, handler).build(), CALLERS);
  }

  private static AwsApiHandler v1(OperationHandler getRestApi) {
    return service(AwsApi.API_GATEWAY, "GetRestApi", getRestApi);
  }

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(Long.MAX_VALUE), StandardCharsets.UTF_8);
  }

  @Test
  void aSuccessCarriesBothRequestIds() throws IOException {
    RecordedCalls calls = new RecordedCalls().answering(Json.object().put("id", "abc"));
    ServiceModel model = ServiceModel.of(AwsApi.API_GATEWAY);

    HttpResponse response =
        new AwsApiHandler(model, calls.of(model), CALLERS)
            .handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(200);
    assertThat(body(response)).isEqualTo("{\"id\":\"abc\"}");
    String requestId = String.valueOf(response.headers().first("x-amzn-RequestId"));
    assertThat(UUID.fromString(requestId).version()).isEqualTo(4);
    assertThat(response.headers().first("x-amz-apigw-id")).matches("[A-Za-z0-9_-]{15}=");
    assertThat(calls.only().requestId()).isEqualTo(requestId);
    assertThat(calls.only().caller()).isEqualTo(new Caller("111122223333", "eu-west-1", null));
  }

  @Test
  void anOperationThatIsNotBuiltSaysSo() throws IOException {
    HttpResponse response =
        v1(call -> Json.object()).handle(Requests.request("GET", "/sdktypes", ""));

    assertThat(response.status()).isEqualTo(501);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("NotImplementedException");
    assertThat(body(response))
        .isEqualTo(
            "{\"message\":\"The operation GetSdkTypes of apigateway is not implemented by Portico"
                + " yet.\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "API_GATEWAY, 403, MissingAuthenticationTokenException, {\"message\":\"Missing Authentication Token\"}",
    "LAMBDA, 403, AccessDeniedException, {\"Message\":\"Unable to determine service/operation name to be authorized\"}"
  })
  void aPathThatNoOperationHasIsRefused(AwsApi api, int status, String code, String text)
      throws IOException {
    AwsApiHandler service =
        new AwsApiHandler(ServiceModel.of(api), Operations.builder().build(), CALLERS);

    HttpResponse response = service.handle(Requests.request("GET", "/no/such/path", ""));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo(code);
    assertThat(body(response)).isEqualTo(text);
  }

  @Test
  void aRefusalIsWrittenWithItsCodeAndText() throws IOException {
    HttpResponse response =
        v1(call -> {
              throw ServiceException.notFound("Invalid API identifier specified 1:abc");
            })
            .handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("NotFoundException");
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(response.headers().contains("x-amzn-RequestId")).isTrue();
    assertThat(body(response))
        .isEqualTo("{\"message\":\"Invalid API identifier specified 1:abc\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ResourceNotFoundException | 404 | {\"Type\":\"User\",\"Message\":\"t\"}",
        "InvalidParameterValueException | 400 | {\"Type\":\"User\",\"message\":\"t\"}",
        "ValidationException | 400 | {\"message\":\"t\"}",
        "ServiceException | 500 | {\"Type\":\"Service\",\"Message\":\"t\"}"
      })
  void lambdaRefusesInItsOwnForm(String code, int status, String body) throws IOException {
    HttpResponse response =
        service(
                AwsApi.LAMBDA,
                "GetFunction",
                call -> {
                  throw new ServiceException(code, status, "t");
                })
            .handle(Requests.request("GET", "/2015-03-31/functions/f", ""));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().contains("x-amz-apigw-id")).isFalse();
    assertThat(body(response)).isEqualTo(body);
  }

  @Test
  void aFailureOfTheStoreKeepsItsDetailToItself() throws IOException {
    HttpResponse response =
        v1(call -> {
              throw new StoreException("disk /secret is full", null);
            })
            .handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("ServiceFailure");
    assertThat(body(response)).doesNotContain("secret");
  }

  @Test
  void aBugKeepsItsDetailToItself() throws IOException {
    HttpResponse response =
        v1(call -> {
              throw new IllegalStateException("secret");
            })
            .handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo("InternalFailure");
    assertThat(body(response)).doesNotContain("secret");
  }

  @Test
  void anAnswerThatTheShapeDoesNotAllowIsABug() throws IOException {
    HttpResponse response =
        v1(call -> Json.object().put("nome", "x"))
            .handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(500);
    assertThat(body(response)).doesNotContain("nome");
  }

  /** LAM-01. */
  @ParameterizedTest
  @CsvSource({
    "EC2UnexpectedException, 502, Service, Message",
    "ServiceException, 500, Service, Message",
    "ResourceNotFoundException, 404, User, Message",
    "CodeSigningConfigNotFoundException, 404, User, Message",
    "ProvisionedConcurrencyConfigNotFoundException, 404, User, message",
    "ResourceConflictException, 409, User, message"
  })
  void anErrorOfLambdaHasItsTextWhereItsShapeSays(
      String code, int status, String type, String member) throws IOException {
    HttpResponse response =
        service(
                AwsApi.LAMBDA,
                "Invoke",
                call -> {
                  throw new ServiceException(code, status, "text");
                })
            .handle(Requests.request("POST", "/2015-03-31/functions/f/invocations", ""));

    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response)).isEqualTo("{\"Type\":\"%s\",\"%s\":\"text\"}", type, member);
  }

  @ParameterizedTest
  @CsvSource({
    "API_GATEWAY, CreateRestApi, /restapis, 6291456, RequestEntityTooLargeException",
    "API_GATEWAY_MANAGEMENT, PostToConnection, /@connections/a, 131072, PayloadTooLargeException",
    "LAMBDA, CreateFunction, /2015-03-31/functions, 70167211, RequestEntityTooLargeException",
    "LAMBDA, Invoke, /2015-03-31/functions/f/invocations, 6291456, RequestEntityTooLargeException"
  })
  void aBodyBeyondTheLimitIsRefused(
      AwsApi api, String operation, String path, long limit, String code) {
    AwsApiHandler service = service(api, operation, call -> Json.object());

    HttpResponse response =
        service.handle(Requests.request("POST", path, new Endless(limit), Headers.empty()));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.headers().first("x-amzn-ErrorType")).isEqualTo(code);
  }

  /** A body that is longer than any limit up to the one expected. */
  private record Endless(long limit) implements Body.Streamed {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public byte[] readAll(long most, long deadlineNanos) throws IOException {
      return readAll(most);
    }

    @Override
    public byte[] readAll(long most) throws IOException {
      if (most != limit) {
        throw new AssertionError("read with a limit of " + most);
      }
      throw new BodyTooLargeException(most);
    }

    @Override
    public Body gather(long most, long deadlineNanos) throws IOException {
      return Body.of(readAll(most));
    }

    @Override
    public Body gatherText(long most, long deadlineNanos) throws IOException {
      return gather(most, deadlineNanos);
    }

    @Override
    public InputStream open() {
      throw new AssertionError("read piece by piece");
    }

    @Override
    public void discard() {}

    @Override
    public void limitTo(long bytes) {}
  }

  @Test
  void aBodyThatNeverEndsIsNoBug() {
    AwsApiHandler service = service(AwsApi.API_GATEWAY, "CreateRestApi", call -> Json.object());
    Body broken =
        new Body.Streamed() {
          @Override
          public long length() {
            return 10;
          }

          @Override
          public byte[] readAll(long limit, long deadlineNanos) throws IOException {
            return readAll(limit);
          }

          @Override
          public byte[] readAll(long limit) throws IOException {
            throw new IOException("connection lost");
          }

          @Override
          public Body gather(long limit, long deadlineNanos) throws IOException {
            return Body.of(readAll(limit));
          }

          @Override
          public Body gatherText(long limit, long deadlineNanos) throws IOException {
            return gather(limit, deadlineNanos);
          }

          @Override
          public InputStream open() {
            throw new AssertionError("read piece by piece");
          }

          @Override
          public void discard() {}

          @Override
          public void limitTo(long bytes) {}
        };

    HttpResponse response =
        service.handle(Requests.request("POST", "/restapis", broken, Headers.empty()));

    assertThat(response.status()).isEqualTo(408);
  }

  @Test
  void aHandlerForAnOperationThatTheModelDoesNotHaveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(AwsApi.API_GATEWAY, "GetRestAPI", call -> Json.object()))
        .withMessage("apigateway has no operation GetRestAPI");
  }

  @Test
  void answersOffTheEventLoops() {
    assertThat(v1(call -> Json.object()).isHeavy(Requests.request("GET", "/restapis", "")))
        .isTrue();
  }
}
