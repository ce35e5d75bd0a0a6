package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.AwsService.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AwsServicesTest {

  @ParameterizedTest
  @CsvSource({
    "s3, S3, s3, REST",
    "sqs, SQS, sqs, QUERY",
    "sns, SNS, sns, QUERY",
    "ssm, SSM, ssm, JSON",
    "dynamodb, DYNAMODB, dynamodb, JSON",
    "streams.dynamodb, DYNAMODB_STREAMS, dynamodb, JSON",
    "kinesis, KINESIS, kinesis, JSON",
    "firehose, FIREHOSE, firehose, JSON",
    "events, EVENTBRIDGE, events, JSON",
    "states, SFN, states, JSON",
    "secretsmanager, SECRETS_MANAGER, secretsmanager, JSON",
    "monitoring, CLOUDWATCH, monitoring, QUERY",
    "email, SES, ses, QUERY",
    "ses, SES, ses, QUERY",
    "iam, IAM, iam, QUERY",
    "runtime.sagemaker, SAGEMAKER_RUNTIME, sagemaker, REST",
    "iotdata, IOT_DATA_PLANE, iotdata, REST",
    "rds, RDS, rds, QUERY",
    "not-in-the-table, NOT_IN_THE_TABLE, not-in-the-table, REST"
  })
  void knowsWhatAServiceIsCalledBy(
      String name, String variable, String signingName, Protocol protocol) {
    AwsService service = AwsServices.named(name);

    assertThat(service.variableSuffix()).isEqualTo(variable);
    assertThat(service.signingName()).isEqualTo(signingName);
    assertThat(service.protocol()).isEqualTo(protocol);
    assertThat(service.json() != null).isEqualTo(protocol == Protocol.JSON);
  }

  @ParameterizedTest
  @CsvSource({
    "sqs, SQS",
    "SFN, SFN",
    "states, SFN",
    "events, EventBridge",
    "Monitoring, CloudWatch",
    "email, SES",
    "secrets-manager, Secrets Manager",
    "SECRETS_MANAGER, Secrets Manager",
    "secretsmanager, Secrets Manager",
    "Cost Explorer, Cost Explorer",
    "runtime.sagemaker, SageMaker Runtime",
    "sso, SSO"
  })
  void peopleMeanAServiceByItsIdOrItsNameInAddresses(String name, String id) {
    assertThat(AwsServices.meantBy(name)).extracting(AwsService::id).containsExactly(id);
  }

  @Test
  void aSigningNameMeansAllThatSignUnderItAndAnUnknownNameNone() {
    assertThat(AwsServices.meantBy("timestream"))
        .extracting(AwsService::id)
        .containsExactlyInAnyOrder("Timestream Query", "Timestream Write");
    assertThat(AwsServices.meantBy("no-such-thing")).isEmpty();
  }

  @Test
  void variablesNameServicesByTheirIdOnly() {
    AwsService functions = AwsServices.ofVariable("SFN");

    assertThat(functions).isEqualTo(AwsServices.find("states"));
    assertThat(AwsServices.ofVariable("STATES")).isNull();
    assertThat(AwsServices.ofVariable("sfn")).isNull();
  }

  @Test
  void knowsHowJsonIsSpoken() {
    JsonProtocol ssm = AwsServices.named("ssm").json();

    assertThat(ssm).isNotNull();
    assertThat(ssm.contentType()).isEqualTo("application/x-amz-json-1.1");
    assertThat(ssm.target("GetParameter")).isEqualTo("AmazonSSM.GetParameter");
    assertThat(ssm.booleans()).contains("WithDecryption").doesNotContain("Name");
    assertThat(ssm.numbers()).contains("MaxResults");
  }
}
