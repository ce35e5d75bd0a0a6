package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationRouterTest {
  private final OperationRouter v1 = new OperationRouter(ServiceModel.of(AwsApi.API_GATEWAY));

  private OperationRouter.@Nullable Route find(String method, String target) {
    int question = target.indexOf('?');
    return question < 0
        ? v1.find(method, target, QueryParameters.NONE)
        : v1.find(
            method,
            target.substring(0, question),
            QueryParameters.parse(target.substring(question + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /restapis, GetRestApis",
    "GET, /restapis/, GetRestApis",
    "POST, /restapis, CreateRestApi",
    "POST, /restapis?mode=import, ImportRestApi",
    "POST, /restapis?mode=import&failonwarnings=true, ImportRestApi",
    "POST, /restapis?mode=other, CreateRestApi",
    "GET, /restapis/a/documentation/parts, GetDocumentationParts",
    "GET, /restapis/a/resources/b/methods/GET/integration/responses/200, GetIntegrationResponse",
    "GET, /rest%61pis, GetRestApis",
  })
  void findsAnOperationByMethodPathAndConstantQuery(
      String method, String target, String operation) {
    OperationRouter.Route route = find(method, target);

    assertThat(route).isNotNull();
    assertThat(route.operation().name()).isEqualTo(operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/nothing", "/restapis/a/b", "/restapis//resources", "restapis"})
  void findsNothingForAPathThatNoOperationHas(String path) {
    assertThat(find("GET", path)).isNull();
  }

  @Test
  void findsNothingForAMethodThatThePathHasNot() {
    assertThat(find("TRACE", "/restapis")).isNull();
    assertThat(find("get", "/restapis")).isNull();
  }

  @Test
  void aLabelIsDecodedOnceAndMayHoldSlashes() {
    OperationRouter.Route route =
        find("GET", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa%252Fb");

    assertThat(route).isNotNull();
    assertThat(route.operation().name()).isEqualTo("GetTags");
    assertThat(route.labels())
        .isEqualTo(Map.of("resource_arn", "arn:aws:apigateway:us-east-1::/restapis/a%2Fb"));
  }

  @Test
  void aPlusInAPathIsAPlus() {
    OperationRouter.Route route = find("GET", "/restapis/a+b");

    assertThat(route).isNotNull();
    assertThat(route.labels()).isEqualTo(Map.of("restapi_id", "a+b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/restapis/%", "/restapis/%4", "/restapis/%zz", "/restapis/%FF"})
  void aMalformedEncodingIsRefused(String path) {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> find("GET", path))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("SerializationException"));
  }

  @Test
  void aConstantQueryPartTellsLambdaOperationsApart() {
    OperationRouter lambda = new OperationRouter(ServiceModel.of(AwsApi.LAMBDA));

    OperationRouter.Route byArn =
        lambda.find(
            "GET", "/2018-10-31/layers", QueryParameters.parse("find=LayerVersion&Arn=a%20b"));
    OperationRouter.Route all = lambda.find("GET", "/2018-10-31/layers", QueryParameters.NONE);

    assertThat(byArn).isNotNull();
    assertThat(byArn.operation().name()).isEqualTo("GetLayerVersionByArn");
    assertThat(all).isNotNull();
    assertThat(all.operation().name()).isEqualTo("ListLayers");
  }
}
