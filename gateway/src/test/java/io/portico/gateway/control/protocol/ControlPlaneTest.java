package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ControlPlaneTest {
  private static final CallerResolver CALLERS =
      new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of()));

  @ParameterizedTest
  @CsvSource({
    "/restapis, API_GATEWAY",
    "/, API_GATEWAY",
    "/v2/apis, API_GATEWAY_V2",
    "/v2, API_GATEWAY_V2",
    "/v20/apis, API_GATEWAY",
    "/@connections/abc%3D, API_GATEWAY_MANAGEMENT",
    "/%40connections/abc%3D, API_GATEWAY_MANAGEMENT",
    "/2015-03-31/functions, LAMBDA",
    "/2018-10-31/layers?find=LayerVersion, LAMBDA",
    "/2015-03-31, API_GATEWAY",
    "/?Action=GetCallerIdentity&Version=2011-06-15, STS",
    "/?Action=ListRoles&Version=2010-05-08, IAM",
    "/?Action=ListMetrics&Version=2010-08-01, CLOUDWATCH",
    "/service/GraniteServiceVersion20100801/operation/ListMetrics, CLOUDWATCH",
    "/service/NoSuchService/operation/ListMetrics, API_GATEWAY",
    "/?Action=ListQueues&Version=2012-11-05, API_GATEWAY",
    "/?Action=ListRoles&Version=%, API_GATEWAY",
    "/restapis?Version=2010-05-08, API_GATEWAY"
  })
  void anUnsignedRequestIsToldByItsPath(String target, AwsApi api) {
    assertThat(ControlPlane.api(Requests.request("GET", target, ""))).isEqualTo(api);
  }

  @ParameterizedTest
  @CsvSource({
    "apigateway, /restapis, API_GATEWAY",
    "apigateway, /v2/apis, API_GATEWAY_V2",
    "apigateway, /2015-03-31/functions, API_GATEWAY",
    "execute-api, /@connections/abc, API_GATEWAY_MANAGEMENT",
    "lambda, /v2/apis, LAMBDA",
    "iam, /, IAM",
    "sts, /, STS",
    "sts, /?Action=ListRoles&Version=2010-05-08, STS",
    "logs, /, LOGS",
    "acm, /, ACM",
    "monitoring, /, CLOUDWATCH"
  })
  void aSignedRequestIsToldByItsCredentialScope(String service, String target, AwsApi api) {
    assertThat(
            ControlPlane.api(
                Requests.request(
                    "GET",
                    target,
                    "",
                    "Authorization",
                    Requests.authorization("AKIAEXAMPLE", "us-east-1", service))))
        .isEqualTo(api);
  }

  @ParameterizedTest
  @EnumSource
  void anApiOfWhichNothingIsBuiltSaysSoForEveryOperation(AwsApi api) {
    ControlPlane plane = new ControlPlane(Map.of(), CALLERS);
    ServiceModel model = ServiceModel.of(api);

    for (Operation operation : model.operations()) {
      HttpResponse response =
          plane.handle(new GeneratedRequest(model, operation, new Random(1)).request());

      assertThat(response.status()).as(operation.name()).isEqualTo(501);
    }
  }

  @Test
  void anOperationThatIsBuiltAnswers() throws IOException {
    Operations built =
        Operations.builder()
            .add("GetRestApi", call -> Json.object().put("id", call.input().string("restApiId")))
            .build();
    ControlPlane plane = new ControlPlane(Map.of(AwsApi.API_GATEWAY, built), CALLERS);

    HttpResponse response = plane.handle(Requests.request("GET", "/restapis/abc", ""));

    assertThat(response.status()).isEqualTo(200);
    assertThat(new String(response.body().readAll(100), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"abc\"}");
  }
}
