package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SharedPortTest {
  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=00";

  private final SharedPort port =
      new SharedPort(
          request -> ApiAddress.isCall(request) || request.host().startsWith("api.example.com"),
          answering("data"),
          answering("urls"),
          answering("control"),
          answering("own"));

  @ParameterizedTest
  @CsvSource({
    "abc.execute-api.us-east-1.localhost:4566,  /dev/pets,                                  data",
    "ABC.Execute-API.eu-west-1.amazonaws.com,   /dev/pets,                                  data",
    "abc.execute-api.localhost,                 /_portico/health/live,                      data",
    "abc.execute-api.localhost,                 /restapis,                                  data",
    "execute-api.us-east-1.localhost,           /restapis,                                  control",
    "evil.com,                                  /restapis,                                  control",
    "127.0.0.1:4566,                            /_portico/health/ready,                     own",
    "127.0.0.1:4566,                            /_portico,                                  own",
    "127.0.0.1:4566,                            /_porticox,                                 control",
    "127.0.0.1:4566,                            /_localstack/health,                        own",
    "127.0.0.1:4566,                            /_aws/execute-api/abc/dev/pets,             data",
    "127.0.0.1:4566,                            /_aws/execute-api,                          control",
    "127.0.0.1:4566,                            /_aws/execute-apis/abc,                     control",
    "127.0.0.1:4566,                            /restapis/abc/dev/_user_request_/pets?x=1,  data",
    "127.0.0.1:4566,                            /restapis/abc/dev/_user_request_,           data",
    "127.0.0.1:4566,                            /restapis/abc/dev/_user_request_x,          control",
    "127.0.0.1:4566,                            /restapis/abc/stages/dev,                   control",
    "127.0.0.1:4566,                            /restapis/abc/resources/_user_request_,     data",
    "abc.lambda-url.us-east-1.localhost:4566,   /restapis,                                  urls",
    "abc.lambda-url.us-east-1.localhost:4566,   /_aws/execute-api/abc/dev,                 urls",
    "ABC.Lambda-Url.us-east-1.on.aws,           /_portico,                                  urls",
    "lambda-url.us-east-1.localhost,            /restapis,                                  control",
    "abc.execute-api.localhost,                 /_aws/lambda-url/abc/pets,                 data",
    "127.0.0.1:4566,                            /_aws/lambda-url/abc/pets,                 urls",
    "127.0.0.1:4566,                            /_aws/lambda-url,                           control",
    "api.example.com,                           /_portico,                                  data",
    "api.example.com:4566,                      /_aws/lambda-url/abc/pets,                  data",
    "127.0.0.1:4566,                            /,                                          control",
    "'',                                        /v2/apis,                                   control",
  })
  void tellsRequestsApartByHostThenByReservedPrefix(String host, String target, String handler) {
    assertThat(handlerOf(request(host, target, Headers.empty()))).isEqualTo(handler);
  }

  @Test
  void aSignatureDoesNotTakeACallFromItsApi() {
    Headers apiGateway = Headers.of("Authorization", SIGNED);

    assertThat(handlerOf(request("127.0.0.1", "/_aws/execute-api/a/b", apiGateway)))
        .isEqualTo("data");
    assertThat(handlerOf(request("a.execute-api.localhost", "/restapis", apiGateway)))
        .isEqualTo("data");
    assertThat(handlerOf(request("127.0.0.1", "/restapis", apiGateway))).isEqualTo("control");
  }

  @Test
  void asksTheSameHandlerWhetherARequestIsHeavy() {
    HttpHandler heavy =
        new HttpHandler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            return new HttpResponse(200, Headers.empty(), Body.EMPTY);
          }

          @Override
          public boolean isHeavy(HttpRequest request) {
            return true;
          }
        };
    SharedPort heavyControl =
        new SharedPort(
            ApiAddress::isCall, answering("data"), answering("urls"), heavy, answering("own"));

    assertThat(heavyControl.isHeavy(request("h", "/restapis", Headers.empty()))).isTrue();
    assertThat(heavyControl.isHeavy(request("a.execute-api.x", "/", Headers.empty()))).isFalse();
  }

  private String handlerOf(HttpRequest request) {
    return String.valueOf(port.handle(request).headers().first("Handler"));
  }

  private static HttpHandler answering(String name) {
    return request -> new HttpResponse(200, Headers.of("Handler", name), Body.EMPTY);
  }

  private static HttpRequest request(String host, String target, Headers headers) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new HttpRequest(
        "GET",
        target,
        "HTTP/1.1",
        headers.toBuilder().set("Host", host).build(),
        Body.EMPTY,
        new ClientConnection(address, address, null),
        0);
  }
}
