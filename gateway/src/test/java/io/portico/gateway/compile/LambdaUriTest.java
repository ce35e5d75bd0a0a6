package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LambdaUriTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:pets:live";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + ARN + "/invocations",
        "arn:aws:apigateway:us-east-1:lambda:path//2015-03-31/functions/" + ARN + "/invocations",
        "arn:aws-cn:apigateway:cn-north-1:lambda:path/2015-03-31/functions/" + ARN + "/invocations",
      })
  void findsTheFunction(String uri) {
    assertThat(LambdaUri.of(uri)).isEqualTo(new LambdaUri(ARN, false));
  }

  @Test
  void findsTheFunctionThatStreams() {
    assertThat(
            LambdaUri.of(
                "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/"
                    + ARN
                    + "/response-streaming-invocations"))
        .isEqualTo(new LambdaUri(ARN, true));
  }

  @Test
  void takesNothingElseForAFunction() {
    assertThat(LambdaUri.of("arn:aws:apigateway:us-east-1:s3:path/bucket")).isNull();
    assertThat(LambdaUri.of(ARN)).isNull();
    assertThat(
            LambdaUri.of(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/x/invocations"))
        .isNull();
    assertThat(
            LambdaUri.of(
                "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/"
                    + ARN
                    + "/invocations"))
        .isNull();
  }
}
