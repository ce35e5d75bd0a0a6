package io.portico.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.server.Endpoint;
import io.portico.conformance.wire.Backend.Answer;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What AWS's own client has signed is taken for signed, and nothing else is. */
final class SignatureTest {
  private static final String SECRET = "a secret";

  @Test
  void ofAPathWithEscapesAndAQuery() {
    Signature signature =
        of(
            endpoint -> {
              try (LambdaClient lambda = built(LambdaClient.builder(), endpoint)) {
                lambda.getFunction(
                    request ->
                        request
                            .functionName("arn:aws:lambda:us-east-1:000000000000:function:pets")
                            .qualifier("a b"));
              }
            });

    assertThat(signature.isBy(SECRET)).isTrue();
    assertThat(signature.isBy("another")).isFalse();
    assertThat(signature.accessKey()).isEqualTo("AKIASIGNER");
    assertThat(signature.region()).isEqualTo(Endpoint.REGION);
    assertThat(signature.service()).isEqualTo("lambda");
    assertThat(signature.signed()).contains("host", "x-amz-security-token");
  }

  @Test
  void ofABody() {
    Signature signature =
        of(
            endpoint -> {
              try (CloudWatchLogsClient logs = built(CloudWatchLogsClient.builder(), endpoint)) {
                logs.createLogGroup(request -> request.logGroupName("café"));
              }
            });
    Backend.Request sent = signature.request();
    Backend.Request changed =
        new Backend.Request(sent.method(), sent.uri(), sent.headers(), sent.body() + " ");

    assertThat(signature.isBy(SECRET)).isTrue();
    assertThat(Signature.of(changed).isBy(SECRET)).isFalse();
  }

  private static Signature of(Consumer<URI> call) {
    try (Backend backend = Backend.answering(_ -> Answer.ok("{}"))) {
      call.accept(URI.create("http://" + backend.address()));
      return Signature.of(backend.taken());
    }
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIASIGNER", SECRET, "a token")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }
}
