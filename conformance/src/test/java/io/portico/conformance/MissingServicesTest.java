package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsProgram;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS CLI calls services that Portico does not have, one of each protocol. */
@Portico
final class MissingServicesTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cloudformation describe-stacks",
        "sns list-topics",
        "ssm get-parameter --name x",
        "sqs list-queues",
        "dynamodb list-tables",
        "s3api list-buckets",
        "s3api list-objects-v2 --bucket some-bucket",
        "route53 list-hosted-zones",
        "ec2 describe-instances",
        "ecr describe-repositories",
        "eks list-clusters"
      })
  void theClientPrintsThatItIsNotThere(String words, Endpoint endpoint, AwsProgram aws) {
    List<String> command = new ArrayList<>();
    command.add(aws.path().toString());
    command.addAll(List.of("--endpoint-url", endpoint.uri().toString()));
    command.addAll(List.of(words.split(" ")));

    Outcome outcome = Program.run(folder, endpoint.environment(), LIMIT, command);

    assertThat(outcome.exit()).as(outcome.toString()).isNotZero();
    assertThat(outcome.err())
        .contains("An error occurred (NotImplementedException) when calling the ")
        .contains("Portico has no ");
  }
}
