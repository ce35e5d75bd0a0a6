package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceEndpointsTest {
  private static final ServiceEndpoints OF_AWS = new ServiceEndpoints(Map.of(), null, true);

  @ParameterizedTest
  @CsvSource({
    "aws:apigateway:eu-west-1:sqs, sqs.eu-west-1.amazonaws.com, eu-west-1",
    "aws:apigateway:us-east-1:bucket.s3, bucket.s3.us-east-1.amazonaws.com, us-east-1",
    "aws:apigateway:us-east-1:a.b.s3, a.b.s3.us-east-1.amazonaws.com, us-east-1",
    "aws-cn:apigateway:cn-north-1:s3, s3.cn-north-1.amazonaws.com.cn, cn-north-1",
    "aws-us-gov:apigateway:us-gov-west-1:sns, sns.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "aws:apigateway:eu-west-1:iam, iam.amazonaws.com, us-east-1",
    "aws:apigateway:eu-west-1:runtime.sagemaker, runtime.sagemaker.eu-west-1.amazonaws.com,"
        + " eu-west-1",
    "aws:apigateway:eu-west-1:x-ats.iotdata, x-ats.iot.eu-west-1.amazonaws.com, eu-west-1",
    "aws:apigateway:eu-west-1:iotdata, data-ats.iot.eu-west-1.amazonaws.com, eu-west-1",
    "aws:apigateway:eu-west-1:api.execute-api, api.execute-api.eu-west-1.amazonaws.com, eu-west-1"
  })
  void knowsTheEndpointsOfAws(String uri, String host, String region) throws Exception {
    ServiceEndpoints.Place place = OF_AWS.of(AwsServiceUri.of("arn:" + uri + ":path/x"));

    assertThat(place.endpoint().host()).isEqualTo(host);
    assertThat(place.endpoint().origin().host()).isEqualTo(host);
    assertThat(place.endpoint().origin().tls()).isTrue();
    assertThat(place.endpoint().region()).isEqualTo(region);
    assertThat(place.prefix()).isEmpty();
  }

  @Test
  void anActionThatIsWaitedForHasAnEndpointOfItsOwnAtAws() throws Exception {
    String awaited = "arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution";
    ServiceEndpoints configured =
        new ServiceEndpoints(Map.of("SFN", URI.create("http://127.0.0.1:8083")), null, false);

    ServiceEndpoints.Place ofAws = OF_AWS.of(AwsServiceUri.of(awaited));
    ServiceEndpoints.Place another = OF_AWS.of("aws", "eu-west-1", "states", "StartExecution");
    ServiceEndpoints.Place own = configured.of("aws", "eu-west-1", "states", "StartSyncExecution");

    assertThat(ofAws.endpoint().host()).isEqualTo("sync-states.eu-west-1.amazonaws.com");
    assertThat(ofAws.endpoint().signingName()).isEqualTo("states");
    assertThat(another.endpoint().host()).isEqualTo("states.eu-west-1.amazonaws.com");
    assertThat(own.endpoint().host()).isEqualTo("127.0.0.1:8083");
  }

  @Test
  void aServicesOwnEndpointGoesBeforeThatOfAll() throws Exception {
    ServiceEndpoints endpoints =
        new ServiceEndpoints(
            Map.of("SFN", URI.create("http://127.0.0.1:8083")),
            URI.create("https://emulator.test/base/"),
            true);

    ServiceEndpoints.Place states = endpoints.of(uri("states"));
    ServiceEndpoints.Place dynamodb = endpoints.of(uri("dynamodb"));

    assertThat(states.endpoint().host()).isEqualTo("127.0.0.1:8083");
    assertThat(dynamodb.endpoint().host()).isEqualTo("emulator.test");
    assertThat(dynamodb.prefix()).isEqualTo("/base");
  }

  @Test
  void aSubdomainStandsInThePathForABucketAndElseInTheHost() throws Exception {
    URI local = URI.create("http://localhost:4566");
    ServiceEndpoints named = new ServiceEndpoints(Map.of(), local, false);
    ServiceEndpoints numbered =
        new ServiceEndpoints(Map.of(), URI.create("http://127.0.0.1:4566"), false);

    assertThat(named.of(uri("my.bucket.s3")).prefix()).isEqualTo("/my.bucket");
    assertThat(named.of(uri("my.bucket.s3")).endpoint().host()).isEqualTo("localhost:4566");
    assertThat(named.of(uri("api.execute-api")).endpoint().host()).isEqualTo("api.localhost:4566");
    assertThat(named.of(uri("api.execute-api")).endpoint().origin().host()).isEqualTo("localhost");
    assertThat(numbered.of(uri("api.execute-api")).endpoint().host()).isEqualTo("127.0.0.1:4566");
  }

  @Test
  void awsIsAskedForJsonAndOthersForJsonRather() throws Exception {
    ServiceEndpoints configured =
        new ServiceEndpoints(Map.of(), URI.create("http://localhost:4566"), false);

    assertThat(ServiceCall.of(uri("sqs"), OF_AWS).accept()).isEqualTo("application/json");
    assertThat(ServiceCall.of(uri("sqs"), configured).accept())
        .isEqualTo("application/json, */*;q=0.1");
    assertThat(ServiceCall.of(uri("s3"), configured).accept()).isEqualTo("application/json");
  }

  @Test
  void withoutAnEndpointItIsSaidWhatToConfigure() {
    assertThatThrownBy(() -> new ServiceEndpoints(Map.of(), null, false).of(uri("states")))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("AWS_ENDPOINT_URL_SFN")
        .hasMessageContaining("aws.call-aws");
  }

  @Test
  void whatIsNoUrlIsNoEndpoint() {
    Map<String, URI> bad = Map.of("SQS", URI.create("ftp://queues"));

    assertThatThrownBy(() -> new ServiceEndpoints(bad, null, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:apigateway:us-east-1:s3:path",
        "arn:aws:apigateway:us-east-1:s3:key/x",
        "arn:aws:apigateway::s3:path/x",
        "arn:aws:apigateway:us-east-1::path/x",
        "arn:aws:apigateway:us-east-1:.s3:path/x",
        "arn:aws:apigateway:us-east-1:evil.example@s3:path/x",
        "arn:aws:apigateway:us-east-1:s3/x:path/x",
        "arn:aws:apigateway:us-east-1:{bucket}.s3:path/x",
        "arn:aws:apigateway:us-east-1/x:s3:path/x",
        "arn:aws:apigateway:us-east-1:s3:path/x\r\nHost: other"
      })
  void whatIsNoAddressIsRefused(String uri) {
    assertThatThrownBy(() -> AwsServiceUri.of(uri)).isInstanceOf(UnusableException.class);
  }

  private static AwsServiceUri uri(String host) throws UnusableException {
    return AwsServiceUri.of("arn:aws:apigateway:us-east-1:" + host + ":path/x");
  }
}
